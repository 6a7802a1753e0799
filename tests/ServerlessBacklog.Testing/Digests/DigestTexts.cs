using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Testing.Digests;

/// <summary>What a digest says, text by text, and which of its numbers are no figure's.</summary>
public static partial class DigestTexts
{
    /// <summary>Every text; names and titles of items among them where asked for.</summary>
    public static IEnumerable<string> Of(Digest digest, bool withItems)
    {
        yield return digest.Title;
        yield return digest.AsOfText;
        foreach (var headline in digest.Headlines)
        {
            yield return headline.Figure.Text;
            yield return headline.Figure.Label;
            if (headline.Change is { } change)
                yield return change;
        }

        foreach (var text in digest.Sections.SelectMany(s => Of(s, withItems)))
            yield return text;
    }

    /// <summary>
    /// Numbers in a text that stand in no figure of the digest. Names of items (<c>#12</c>) and the titles are not numbers.
    /// </summary>
    public static IReadOnlyList<string> Unknown(Digest digest, string text)
    {
        text = ItemNames().Replace(text, " ");
        foreach (var title in digest.Sections.SelectMany(s => s.Items).Select(i => i.Title).Where(t => t.Length > 0).OrderByDescending(t => t.Length))
            text = text.Replace(title, " ", StringComparison.Ordinal);
        var known = digest.Figures.SelectMany(f => Numbers().Matches(f.Text).Select(m => m.Value)).ToHashSet(StringComparer.Ordinal);
        return [.. Numbers().Matches(text).Select(m => m.Value).Where(n => !known.Contains(n))];
    }

    /// <summary>One line of letters as people see them: without what is not seen, and with one space for many.</summary>
    public static string Plain(string text) => Spaces().Replace(string.Concat(text.Normalize(NormalizationForm.FormC).Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.Format)), " ").Trim();

    private static IEnumerable<string> Of(DigestSection section, bool withItems)
    {
        yield return section.Heading;
        foreach (var line in section.Lines)
            yield return line;
        foreach (var item in section.Items)
        {
            if (withItems)
            {
                yield return item.Name;
                yield return item.Title;
            }

            if (item.Note is { } note)
                yield return note;
        }

        foreach (var cell in (section.Table?.Columns ?? []).Concat(section.Table?.Rows.SelectMany(r => r) ?? []).Where(c => c.Length > 0))
            yield return cell;
        if (section.Chart is { } chart)
            yield return chart.Alt;
        if (section.More > 0)
            yield return $"{section.More:N0} more";
    }

    [GeneratedRegex(@"[0-9]+(?:[.,:][0-9]+)*")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"#[0-9]+")]
    private static partial Regex ItemNames();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
