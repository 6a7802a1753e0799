using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessBacklog.StandIns.Models;

/// <summary>
/// A script that answers as a model would, from nothing but words that stand in the question: for demonstrations and for tests of the way there and back. It
/// understands nothing, and nothing about a real model follows from what it says.
/// </summary>
public static partial class PlayedModel
{
    private const int QuoteLength = 160;

    public static ModelReply Answer(ModelCall call)
    {
        var texts = Texts(call.User);
        object answer = call.SchemaName switch
        {
            "clarify" => Clarify(texts),
            "duplicate_judge" => Judge(texts),
            "priority_inputs" => Weigh(texts),
            "story" => Tell(texts),
            "split" => Split(texts),
            "summary" => SumUp(texts),
            _ => new { answer = "ok" },
        };
        return new ModelReply(JsonSerializer.Serialize(answer));
    }

    /// <summary>The texts between fences by their names, in order.</summary>
    public static IReadOnlyList<(string Name, string Text)> Texts(string user) =>
        [.. Fenced().Matches(user).Select(m => (m.Groups["name"].Value, m.Groups["text"].Value))];

    private static object Clarify(IReadOnlyList<(string Name, string Text)> texts)
    {
        var title = Of(texts, "title");
        var missing = Of(texts, "missing").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new
        {
            answered = Array.Empty<object>(),
            questions = missing.Take(2).Select(part => new { part, question = $"What can you tell about {part} of “{Short(title, 60)}”?" }),
            contradictions = Array.Empty<object>(),
        };
    }

    private static object Judge(IReadOnlyList<(string Name, string Text)> texts)
    {
        var own = $"{Of(texts, "title")} {Of(texts, "description")}";
        var candidates = texts.Select(t => t.Name.Split(' ')[0]).Where(n => Candidate().IsMatch(n)).Distinct();
        return new
        {
            verdicts = candidates.Select(c =>
            {
                var other = $"{Of(texts, $"{c} title")} {Of(texts, $"{c} description")}";
                var both = Words(own).Intersect(Words(other)).OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).Take(3).ToList();
                var share = both.Count == 0 ? 0 : Words(Of(texts, "title")).Intersect(Words(Of(texts, $"{c} title"))).Count() / (double)Math.Max(1, Words(Of(texts, "title")).Count);
                return new
                {
                    candidate = c,
                    verdict = share >= 0.5 && both.Count >= 2 ? "duplicate" : share >= 0.2 ? "related" : "different",
                    shared = both.Select(word => new { item = Spelled(word, own), candidate = Spelled(word, other) }),
                    differing = Array.Empty<string>(),
                };
            }),
        };
    }

    private static object Weigh(IReadOnlyList<(string Name, string Text)> texts)
    {
        var sentences = Sentences(texts).ToList();
        var grave = sentences.FirstOrDefault(s => Grave().IsMatch(s));
        var many = sentences.FirstOrDefault(s => Many().IsMatch(s));
        return new
        {
            inputs = new[] { ("risk", 7.0, "it tells of loss or danger", grave), ("value", 6.0, "many are hindered", many) }
                .Where(i => i.Item4 is not null).Select(i => new { input = i.Item1, amount = i.Item2, why = i.Item3, quote = i.Item4 }),
        };
    }

    private static object Tell(IReadOnlyList<(string Name, string Text)> texts)
    {
        var title = Short(Of(texts, "title"), 120);
        var sentences = Sentences(texts).Take(3).ToList();
        var first = sentences.FirstOrDefault() ?? title;
        return new
        {
            role = "user",
            want = $"see this settled: {title}",
            benefit = "what the item describes is as it should be",
            criteria = new[]
            {
                new { given = "the situation of the item", when = Short(first, 150), then = "what the title asks for holds" },
                new { given = "the change is made", when = "the author of the item looks again", then = "the author agrees that it is settled" },
            },
            questions = new[] { "How would the author check that it is settled?" },
            assumptions = new[] { "The title names what is wanted." },
            evidence = sentences.Count == 0 ? [title] : sentences,
        };
    }

    private static object Split(IReadOnlyList<(string Name, string Text)> texts)
    {
        var lines = Of(texts, "description").Split('\n').Select(l => Mark().Replace(l, "").Trim()).Where(l => l.Length is > 12 and < 100).Distinct(StringComparer.OrdinalIgnoreCase).Take(3).ToList();
        return new
        {
            children = lines.Count < 2 ? [] : lines.Select(l => new { title = l, why = "it stands by itself", done = "It holds as written.", quote = l }).ToArray(),
            why = lines.Count < 2 ? "it says one thing" : "by the lines of the description",
        };
    }

    private static object SumUp(IReadOnlyList<(string Name, string Text)> texts)
    {
        var comments = texts.Where(t => t.Name.StartsWith("comment", StringComparison.Ordinal)).ToList();
        var points = comments.AsEnumerable().Reverse().Select(c => (c.Name, Quote: SentencesOf(c.Text).FirstOrDefault())).Where(p => p.Quote is not null).Take(3).ToList();
        return new
        {
            state = $"{comments.Count} comments; the last one stands first below.",
            changed = "",
            points = points.Count == 0 ? [new { text = "It has a title.", source = "title", quote = Short(Of(texts, "title"), QuoteLength) }] : points.Select(p => new { text = p.Quote!, source = p.Name, quote = p.Quote! }).ToArray(),
            decided = Array.Empty<string>(),
            open = comments.SelectMany(c => SentencesOf(c.Text)).Where(s => s.EndsWith('?')).TakeLast(2),
        };
    }

    private static string Of(IReadOnlyList<(string Name, string Text)> texts, string name) => texts.FirstOrDefault(t => t.Name == name).Text ?? "";

    private static IEnumerable<string> Sentences(IReadOnlyList<(string Name, string Text)> texts) => SentencesOf(Of(texts, "description"));

    private static IEnumerable<string> SentencesOf(string text) => Sentence().Matches(text).Select(m => m.Value.Trim()).Where(s => s.Length is >= 12 and <= QuoteLength);

    private static HashSet<string> Words(string text) => [.. Word().Matches(text).Select(m => m.Value.ToLowerInvariant())];

    private static string Spelled(string word, string text) => text.IndexOf(word, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? text.Substring(at, word.Length) : word;

    private static string Short(string text, int most)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= most ? line : line[..(line.LastIndexOf(' ', most) is > 0 and var end ? end : most)];
    }

    [GeneratedRegex(@"<<<data (?<nonce>\S+) (?<name>[^>\n]+)>>>\n(?<text>[\s\S]*?)\n<<<end \k<nonce>>>>")]
    private static partial Regex Fenced();

    [GeneratedRegex(@"^c\d$")]
    private static partial Regex Candidate();

    [GeneratedRegex(@"[^.!?\n]+[.!?]?")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\p{L}{4,}")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[\s>*+#-]*(?:\[[ xX]\])?(?:\d+[.)])?\s*")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\b(?:crash\w*|loses?|lost|corrupt\w*|security|vulnerab\w*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Grave();

    [GeneratedRegex(@"\b(?:all|every|many|customers?|everyone)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Many();
}
