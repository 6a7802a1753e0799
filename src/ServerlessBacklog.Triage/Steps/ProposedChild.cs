using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>A smaller item that an item could be cut into.</summary>
/// <param name="Quote">The words of the parent that it comes from.</param>
/// <param name="Done">When it is done; null where nobody said.</param>
/// <param name="Why">What it is good for; null where nobody said.</param>
public sealed record ProposedChild(string Title, string Quote, string? Done = null, string? Why = null)
{
    private const int LongestQuote = 600;

    /// <summary>Its description, before it is made clean.</summary>
    public string Text(WorkItemRef parent)
    {
        var quote = Quote.Length <= LongestQuote ? Quote : $"{Quote[..LongestQuote]}…";
        var parts = new List<string> { $"Part of {AllowedNames.TextFor(parent, parent)}, which says:\n\n> {string.Join("\n> ", quote.Trim().Split('\n'))}" };
        if (Why is { Length: > 0 })
            parts.Add(Why.Trim());
        if (Done is { Length: > 0 })
            parts.Add($"**Done when:** {Done.Trim()}");
        parts.Add("---");
        parts.Add("*This item was created automatically by ServerlessBacklog, after a person approved it. Whatever is written here may be changed.*");
        return string.Join("\n\n", parts);
    }
}
