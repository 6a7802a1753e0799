using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Settings;

namespace ServerlessBacklog.Triage.Steps;

/// <summary>The one component of a domain pack whose words stand in an item.</summary>
/// <param name="Word">The word that stands there.</param>
internal sealed record ComponentMatch(string Component, string Word, bool InTitle)
{
    /// <summary>By the title; where that names no component, by the description. Null when none is named, or several are.</summary>
    public static ComponentMatch? Of(WorkItem item, DomainPack pack) => In(item.Title, pack, inTitle: true) ?? In(item.Body, pack, inTitle: false);

    private static ComponentMatch? In(string text, DomainPack pack, bool inTitle)
    {
        var named = pack.Components.Select(c => (c.Name, Word: c.Words.FirstOrDefault(w => Stands(w, text)))).Where(c => c.Word is not null).Take(2).ToList();
        return named is [var only] ? new ComponentMatch(only.Name, only.Word!, inTitle) : null;
    }

    /// <summary>As a whole word, with or without case: "net" does not stand in "internet".</summary>
    private static bool Stands(string word, string text)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (at + word.Length == text.Length || !char.IsLetterOrDigit(text[at + word.Length])))
                return true;
        }

        return false;
    }
}
