using System.Text;

namespace ServerlessBacklog.Analysis.Grooming;

/// <summary>Writes a draft in the house's form: the same draft always in the same order, under the same headings (FEATURES G7).</summary>
public static class DraftText
{
    /// <summary>Markdown. Parts that hold nothing are left out, all but the criteria.</summary>
    public static string Of(StoryDraft draft)
    {
        var text = new StringBuilder();
        if (draft.Role.Length > 0)
            text.Append($"As {Article(draft.Role)}, I want to {Lower(StripTo(draft.Want))}");
        else
            text.Append($"Wanted: {draft.Want}");
        text.Append(draft.Benefit.Length > 0 ? $", so that {Lower(draft.Benefit.TrimEnd('.'))}.\n" : ".\n");
        List(text, "Acceptance criteria", draft.Criteria.Select(c => c.ToString()));
        List(text, "Open questions", draft.Questions);
        List(text, "Assumptions (not in the item)", draft.Assumptions);
        List(text, "From the item", draft.Evidence.Select(e => $"“{OneLine(e)}”"));
        return text.ToString().TrimEnd();
    }

    private static void List(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.Select(OneLine).Where(l => l.Length > 0).ToList();
        if (all.Count > 0)
            text.Append($"\n**{title}**\n\n").AppendJoin('\n', all.Select(l => $"- {l}")).Append('\n');
    }

    private static string Article(string role)
    {
        var plain = role.Trim().TrimEnd('.');
        return plain.StartsWith("a ", StringComparison.OrdinalIgnoreCase) || plain.StartsWith("an ", StringComparison.OrdinalIgnoreCase) || plain.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? plain
            : plain.Length > 0 && "aeiouAEIOU".Contains(plain[0]) ? $"an {plain}" : $"a {plain}";
    }

    private static string StripTo(string want) => want.Trim().TrimEnd('.') is var plain && plain.StartsWith("to ", StringComparison.OrdinalIgnoreCase) ? plain[3..] : plain;

    private static string Lower(string text) => text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
