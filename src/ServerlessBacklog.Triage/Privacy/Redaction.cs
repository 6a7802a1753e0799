using System.Text;

namespace ServerlessBacklog.Triage.Privacy;

/// <summary>
/// Puts placeholders for secrets, e-mail addresses, phone numbers and, where configured, IP addresses and names, before a text leaves to
/// a model, and takes them back in what comes from there. One for each prompt: the same value has the same placeholder in all its texts.
/// Total, and linear in the length of the text. Not safe for several threads.
/// <para>
/// It goes by form, so it misses what has none: a password in a sentence, a name that nobody told it. What is split by characters that
/// nobody sees is found; tokens with a form of their own also where Markdown, HTML or line breaks cut them.
/// </para>
/// </summary>
/// <param name="settings">What is hidden besides secrets, e-mail addresses and phone numbers.</param>
/// <param name="people">Logins and display names of those who are known.</param>
public sealed class Redaction(PrivacySettings settings, IEnumerable<string>? people = null)
{
    private const int MostRounds = 8;

    private readonly Placeholders placeholders = new();
    private readonly NameFinder names = new(settings.HidesNames ? people ?? [] : []);

    /// <summary>How many different values are hidden so far, by kind: <c>secret</c>, <c>email</c>, <c>phone</c>, <c>person</c>, <c>address</c>. A kind without any is missing.</summary>
    public IReadOnlyDictionary<string, int> Counts => placeholders.Counts;

    /// <summary>The text with placeholders. To be called once for each text: a second time takes the placeholders for the author's and escapes them.</summary>
    public string Hide(string text)
    {
        if (text.Length == 0)
            return text;
        var result = new StringBuilder(text.Length);
        var at = 0;
        foreach (var found in Disjoint(text))
        {
            result.Append(text, at, found.Span.Start - at).Append(Sign(found, text.Substring(found.Span.Start, found.Span.Length)));
            at = found.Span.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>
    /// What placeholders stand for, put back. A secret never comes back: <c>[secret]</c> stands there. A placeholder that was never given
    /// stays as it is.
    /// </summary>
    public string Restore(string text) => placeholders.Restore(text);

    private string Sign(Found found, string original) => found.Kind switch
    {
        "" => Placeholders.Escape(original),
        Placeholders.Secret => placeholders.For(found.Kind, TextView.Seen(original).Text),
        _ => placeholders.For(found.Kind, original),
    };

    /// <summary>
    /// In order, none inside another. Looked for again beside what is found: a sign is an edge where before there was a letter, so that an
    /// address begins there that did not.
    /// </summary>
    private List<Found> Disjoint(string text)
    {
        List<Found> all = [];
        var rest = text;
        for (var round = 0; round < MostRounds; round++)
        {
            var found = Once(rest);
            if (found.Count == 0)
                break;
            all.AddRange(found);
            rest = Blank(rest, found);
        }

        return Merged(all);
    }

    /// <summary>What a later round found may take in what an earlier one did: then all of it is a secret.</summary>
    private static List<Found> Merged(List<Found> all)
    {
        List<Found> merged = [];
        foreach (var found in all.OrderBy(f => f.Span.Start))
        {
            if (merged.Count == 0 || found.Span.Start >= merged[^1].Span.End)
                merged.Add(found);
            else
                merged[^1] = new(Placeholders.Secret, merged[^1].Span with { Length = Math.Max(merged[^1].Span.End, found.Span.End) - merged[^1].Span.Start });
        }

        return merged;
    }

    /// <summary>Secrets are widened to what they touch, the others give way to what was found before them.</summary>
    private List<Found> Once(string text)
    {
        var taken = new bool[text.Length];
        List<Found> all = [.. Union(Secrets(text)).Select(s => new Found(Placeholders.Secret, s))];
        all.ForEach(f => taken.AsSpan(f.Span.Start, f.Span.Length).Fill(true));
        foreach (var found in Others(text))
        {
            var place = taken.AsSpan(found.Span.Start, found.Span.Length);
            if (place.Contains(true))
                continue;
            place.Fill(true);
            all.Add(found);
        }

        return all;
    }

    /// <summary>As long as before, with the edges that signs have.</summary>
    private static string Blank(string text, List<Found> found)
    {
        var blank = text.ToCharArray();
        foreach (var (_, span) in found)
        {
            blank.AsSpan(span.Start, span.Length).Fill('~');
            (blank[span.Start], blank[span.End - 1]) = ('[', ']');
        }

        return new(blank);
    }

    private static IEnumerable<TextSpan> Secrets(string text)
    {
        var seen = TextView.Seen(text);
        List<TextSpan> sure = [.. SecretShapes.Sure.Concat(SecretShapes.Likely).SelectMany(s => s.Spans(seen.Text)).Select(seen.Original)];
        var covered = new bool[text.Length];
        sure.ForEach(s => covered.AsSpan(s.Start, s.Length).Fill(true));
        var joined = TextView.Joined(text);
        return sure.Concat(SecretShapes.Sure.Where(s => s.IsUnmistakable)
            .SelectMany(s => s.Spans(joined.Text))
            .Select(joined.Original)
            .Where(s => !covered.AsSpan(s.Start, s.Length).Contains(true)));
    }

    private IEnumerable<Found> Others(string text)
    {
        var seen = TextView.Seen(text);
        return Placeholders.Lookalikes(text).Select(s => new Found("", s))
            .Concat(ContactShapes.Emails(seen.Text).Select(s => new Found("email", seen.Original(s))))
            .Concat(ContactShapes.Phones(seen.Text).Select(s => new Found("phone", seen.Original(s))))
            .Concat(settings.HideAddresses ? ContactShapes.Addresses(seen.Text).Select(s => new Found("address", seen.Original(s))) : [])
            .Concat(names.Spans(seen.Text).Select(s => new Found("person", seen.Original(s))));
    }

    private static List<TextSpan> Union(IEnumerable<TextSpan> spans)
    {
        List<TextSpan> union = [];
        foreach (var span in spans.Where(s => s.Length > 0).OrderBy(s => s.Start))
        {
            if (union.Count > 0 && span.Start < union[^1].End)
                union[^1] = union[^1] with { Length = Math.Max(union[^1].End, span.End) - union[^1].Start };
            else
                union.Add(span);
        }

        return union;
    }

    private readonly record struct Found(string Kind, TextSpan Span);
}
