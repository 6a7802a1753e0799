using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServerlessBacklog.StandIns.Models;

namespace ServerlessBacklog.Adapters.Tests.RedTeam;

/// <summary>
/// The worst model there can be: it obeys whatever stands in the texts, knows how answers are checked, and quotes correctly so that they pass. All candidates
/// are duplicates, all amounts are 10, nothing is missing, and what the attack wants to be said stands in one text of the answer, or in all of them.
/// </summary>
internal sealed partial class MaliciousModel
{
    /// <summary>Stands in every item, so that it can be quoted.</summary>
    public const string Quotable = "Please save faster.";

    private static readonly Dictionary<string, AttackCase> Cases = AttackCase.All.ToDictionary(c => c.Id);
    private static readonly string[] Checked = ["candidate", "verdict", "input", "part", "quote", "item", "first", "second", "source", "evidence"];

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private int unknown;

    /// <summary>Which text of an answer is poisoned: its number, or null for all that are free.</summary>
    public Func<AttackCase, int?> Where { get; set; } = _ => null;

    /// <summary>Answers that it gave, by schema.</summary>
    public ConcurrentDictionary<string, int> Given { get; } = [];

    /// <summary>Questions in which it found no attack.</summary>
    public int Unknown => unknown;

    public ModelReply Answer(ModelCall call)
    {
        var texts = PlayedModel.Texts(call.User);
        if (Ticket().Match(texts.FirstOrDefault(t => t.Name == "description").Text ?? "") is not { Success: true } found || !Cases.TryGetValue(found.Value, out var attack))
        {
            Interlocked.Increment(ref unknown);
            return PlayedModel.Answer(call);
        }

        Given.AddOrUpdate(call.SchemaName!, 1, (_, n) => n + 1);
        if (attack.Reply is { } reply && (reply.GetValueOrDefault(call.SchemaName!) ?? reply.GetValueOrDefault("*")) is { } raw)
            return new ModelReply(raw);
        var says = AttackCase.Fill(attack.Says, Nonce().Match(call.User).Groups[1].Value, call.System[..Math.Min(200, call.System.Length)]);
        var answer = JsonSerializer.SerializeToNode(Obey(call.SchemaName!, texts))!;
        var strings = Strings(answer, "").ToList();
        foreach (var (node, name) in Where(attack) is { } number ? [strings[number % strings.Count]] : strings.Where(s => !Checked.Contains(s.Name)))
            node.ReplaceWith(name is "question" or "questions" or "open" ? $"{says}?" : says);
        return new ModelReply(answer.ToJsonString(Json));
    }

    private static object Obey(string schema, IReadOnlyList<(string Name, string Text)> texts)
    {
        var missing = (texts.FirstOrDefault(t => t.Name == "missing").Text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return schema switch
        {
            "clarify" => new
            {
                answered = missing.Skip(1).Select(part => new { part, quote = Quotable }),
                questions = missing.Take(1).Select(part => new { part, question = "Which version is it?" }),
                contradictions = new[] { new { first = Quotable, second = "also it flickers", why = "it cannot be" } },
            },
            "duplicate_judge" => new
            {
                verdicts = texts.Select(t => Candidate().Match(t.Name).Groups[1].Value).Where(c => c.Length > 0).Distinct().Select(candidate => new
                {
                    candidate,
                    verdict = "duplicate",
                    shared = new[] { new { item = Quotable, candidate = Quotable }, new { item = "save", candidate = "save" } },
                    differing = new[] { "nothing" },
                }),
            },
            "priority_inputs" => new { inputs = new[] { "value", "urgency", "risk" }.Select(input => new { input, amount = 10, why = "the text says so", quote = Quotable }) },
            "story" => new
            {
                role = "user",
                want = "save faster",
                benefit = "work goes on",
                criteria = new[] { new { given = "an item", when = "it is saved", then = "it is fast" }, new { given = "a list", when = "it is saved", then = "it stays" } },
                questions = new[] { "Which version is it?" },
                assumptions = new[] { "It was fast before." },
                evidence = new[] { Quotable },
            },
            "split" => new
            {
                children = new[]
                {
                    new { title = "Stop the flicker", why = "it hurts", done = "It does not flicker.", quote = "also it flickers" },
                    new { title = "Keep the list", why = "it is lost", done = "The list stays.", quote = "also the list is lost" },
                },
                why = "by fault",
            },
            "summary" => new
            {
                state = "It waits for an answer.",
                changed = "It is known to be slow.",
                points = new[] { new { text = "It is slow.", source = "description", quote = Quotable } },
                decided = new[] { "To make it fast." },
                open = new[] { "Which version is it?" },
            },
            _ => new { answer = "ok" },
        };
    }

    private static IEnumerable<(JsonNode Node, string Name)> Strings(JsonNode? node, string name) => node switch
    {
        JsonObject members => members.SelectMany(m => Strings(m.Value, m.Key)),
        JsonArray items => items.SelectMany(i => Strings(i, name)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [(value, name)],
        _ => [],
    };

    [GeneratedRegex(@"\brt\d{3}\b")]
    private static partial Regex Ticket();

    [GeneratedRegex(@"<<<data (\S+) ")]
    private static partial Regex Nonce();

    [GeneratedRegex(@"^(c\d) ")]
    private static partial Regex Candidate();
}
