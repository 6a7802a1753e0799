using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>How far the system may go by itself, in one step.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Autonomy>))]
public enum Autonomy
{
    /// <summary>The step's proposals are dropped.</summary>
    Off,

    /// <summary>Nothing is written; the decision records what would have happened.</summary>
    Shadow,

    /// <summary>A person is asked about everything.</summary>
    Suggest,

    /// <summary>Sure and reversible changes are applied, the others asked.</summary>
    Auto,
}

/// <summary>The policy for one step. Thresholds compare with a proposal's calibrated confidence.</summary>
/// <param name="Autonomy">Default <see cref="Autonomy.Shadow"/>: a new capability writes nothing (FEATURES §4.1).</param>
/// <param name="ApplyAt">Apply at or above; default 0.90 (FEATURES §4.2).</param>
/// <param name="AskAt">Ask at or above, drop below; default 0.60 (FEATURES §4.2).</param>
public sealed record StepPolicy(Autonomy Autonomy = Autonomy.Shadow, double ApplyAt = 0.90, double AskAt = 0.60);

/// <summary>
/// Folds findings into one decision per item. Pure: no clock, no store, the same input gives the same decision.
/// Closing or archiving, writing into descriptions and creating items is asked, never applied, whatever policy and confidence say.
/// </summary>
public sealed record DecisionPolicy
{
    public static DecisionPolicy Default { get; } = new()
    {
        Steps = new Dictionary<string, StepPolicy>
        {
            ["duplicates"] = new(ApplyAt: 0.95),
            ["area"] = new(AskAt: 0.70),
            ["assignment"] = new(AskAt: 0.75),
        },
    };

    /// <summary>Steps that differ from <see cref="Fallback"/>, by name.</summary>
    public IReadOnlyDictionary<string, StepPolicy> Steps { get; init; } = new Dictionary<string, StepPolicy>();

    public StepPolicy Fallback { get; init; } = new();

    /// <summary>Labels added to one item in one decision; default 3 (FEATURES §4.4).</summary>
    public int MaxLabels { get; init; } = 3;

    /// <summary>Where steps may go less or further than elsewhere; of two that hold an item, the later wins. Default none.</summary>
    public IReadOnlyList<PolicyScope> Scopes { get; init; } = [];

    /// <summary>The policy as it holds for one item: its scopes are folded into the steps.</summary>
    public DecisionPolicy On(WorkItem item)
    {
        if (Scopes.Count == 0)
            return this;
        var steps = new Dictionary<string, StepPolicy>(Steps);
        foreach (var (step, autonomy) in Scopes.Where(s => s.Holds(item)).SelectMany(s => s.Steps))
            steps[step] = steps.GetValueOrDefault(step, Fallback) with { Autonomy = autonomy };
        return this with { Steps = steps, Scopes = [] };
    }

    public StepPolicy For(string step) => Steps.GetValueOrDefault(step, Fallback);

    /// <summary>True when some step may at least suggest: only then is anything ever said on an item.</summary>
    [JsonIgnore]
    public bool MayComment => Steps.Values.Append(Fallback).Any(p => p.Autonomy is Autonomy.Suggest or Autonomy.Auto);

    /// <summary>Names this policy's content, so that a decision can say which one it followed.</summary>
    public string Version() => Hash(JsonSerializer.Serialize(this with
    {
        Steps = new SortedDictionary<string, StepPolicy>(Steps.ToDictionary(), StringComparer.Ordinal),
        Scopes = [.. Scopes.Select(s => s with { Steps = new SortedDictionary<string, Autonomy>(s.Steps.ToDictionary(), StringComparer.Ordinal) })],
    }));

    /// <param name="itemHash">The content that was examined (<see cref="ContentHash"/>).</param>
    /// <param name="version">This policy's <see cref="Version"/>, where the caller has it at hand: it is the same for all items.</param>
    /// <param name="writingHash">What must be unchanged for the decision to be carried out (<see cref="ContentHash.ForWriting"/>).</param>
    public Decision Decide(
        WorkItemRef item, string itemHash, IReadOnlyCollection<Finding> findings, DateTimeOffset now, string? version = null, string? writingHash = null)
    {
        version ??= Version();
        var changes = new List<DecidedChange>();
        var (labels, children) = (0, 0);
        var candidates = from finding in findings
                         where finding.Status == FindingStatus.Decided
                         from proposal in finding.Proposals
                         orderby proposal.Confidence descending, finding.Step, proposal.Change.Slot
                         select (finding.Step, Proposal: proposal);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (step, proposal) in candidates)
        {
            var decided = Judge(step, proposal);
            if (decided.WouldBe != Verdict.Drop)
            {
                if (!taken.TryAdd(proposal.Change.Slot, step))
                    decided = Dropped(decided, $"{taken[proposal.Change.Slot]} is surer of the same field");
                else if (proposal.Change is AddLabel && ++labels > MaxLabels)
                    decided = Dropped(decided, $"at most {MaxLabels} labels in one decision");
                else if (proposal.Change is AddChild && ++children > AddChild.MostAtOnce)
                    decided = Dropped(decided, $"at most {AddChild.MostAtOnce} children in one decision");
            }

            changes.Add(decided);
        }

        var verdict = changes.Select(c => c.Verdict).DefaultIfEmpty(Verdict.Drop).Max();
        return new Decision
        {
            Id = Hash($"{item}|{itemHash}|{version}|{string.Join('|', changes.Select(c => $"{c.Step} {c.Change} {c.Confidence} {c.WouldBe}"))}"),
            Item = item,
            ItemHash = itemHash,
            WritingHash = writingHash,
            PolicyVersion = version,
            DecidedAt = now,
            Verdict = verdict,
            Changes = changes,
            Reason = ReasonOf(changes),
        };
    }

    private DecidedChange Judge(string step, Proposal proposal)
    {
        var policy = For(step);
        var (would, reason) = proposal.Confidence.Value switch
        {
            _ when policy.Autonomy == Autonomy.Off => (Verdict.Drop, "the step is off"),
            var c when c < policy.AskAt => (Verdict.Drop, $"{c:0.00} is below {policy.AskAt:0.00}"),
            _ when proposal.Change.NeedsPerson => (Verdict.Ask, proposal.Change is Close or SetField
                ? "closing, archiving or another status always needs a person"
                : "writing into descriptions, and creating or gathering items, always needs a person"),
            _ when policy.Autonomy == Autonomy.Suggest => (Verdict.Ask, "the step only suggests"),
            _ when proposal.AskBecause is { } why => (Verdict.Ask, why),
            var c when c < policy.ApplyAt => (Verdict.Ask, $"{c:0.00} is below {policy.ApplyAt:0.00}"),
            var c => (Verdict.Apply, $"{c:0.00} reaches {policy.ApplyAt:0.00}"),
        };
        return policy.Autonomy == Autonomy.Shadow
            ? new DecidedChange(proposal.Change, step, proposal.Confidence, Verdict.Drop, would, $"shadow mode; {reason}")
            : new DecidedChange(proposal.Change, step, proposal.Confidence, would, would, reason);
    }

    private static DecidedChange Dropped(DecidedChange change, string why) =>
        change with { Verdict = Verdict.Drop, WouldBe = Verdict.Drop, Why = why };

    /// <summary>What a decision comes to, in one sentence for people.</summary>
    public static string ReasonOf(IReadOnlyCollection<DecidedChange> changes)
    {
        if (changes.Count == 0)
            return "No step proposes a change.";
        var live = changes.Where(c => c.Verdict != Verdict.Drop).Select(c => $"{Word(c.Verdict)}: {c.Change.Describe()}").ToList();
        if (live.Count > 0)
            return string.Join("; ", live) + ".";
        var shadow = changes.Where(c => c.WouldBe != Verdict.Drop).Select(c => $"{Word(c.WouldBe)}: {c.Change.Describe()}").ToList();
        return shadow.Count > 0
            ? $"Shadow mode, nothing is written; would {string.Join("; would ", shadow)}."
            : $"No proposal is sure enough ({changes.Count} dropped).";
    }

    private static string Word(Verdict verdict) => verdict == Verdict.Ask ? "ask" : "apply";

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12));
}
