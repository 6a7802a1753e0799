using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Models;
using ServerlessBacklog.Triage.Privacy;

namespace ServerlessBacklog.Triage.Advice;

/// <summary>What of an item goes into prompts: logs and stack traces stay out, they are long and say little in words.</summary>
internal static class ItemTexts
{
    private const int MostComments = 40;

    /// <summary>Tokens of a title: one that is a whole log must not push everything else out.</summary>
    private const int LongestTitle = 200;

    /// <summary>Title and description.</summary>
    public static IEnumerable<SourceText> Own(WorkItem item, string prefix = "")
    {
        yield return new SourceText($"{prefix}title", TokenEstimate.Cut(item.Title, LongestTitle), ItemField.Title);
        if (PlainText.WithoutLogs(item.Body) is var body && body.Trim().Length > 0)
            yield return new SourceText($"{prefix}description", body, ItemField.Body);
    }

    /// <summary>Comments by people, oldest first; of a very long thread the beginning and the end.</summary>
    public static IEnumerable<SourceText> Thread(AdviceCase about)
    {
        var all = about.HumanComments.OrderBy(c => c.At).Select((c, i) => new SourceText($"comment {i + 1}", PlainText.WithoutLogs(c.Body), ItemField.Comments)).ToList();
        return all.Count <= MostComments ? all : [.. all.Take(MostComments / 4), .. all.TakeLast(MostComments - MostComments / 4)];
    }
}
