using ServerlessBacklog.Analysis.Text;

namespace ServerlessBacklog.Analysis.Scoring;

/// <summary>
/// Reads the inputs of the frameworks from an item's facts. Every amount is a documented rule of thumb, not a measured weight; absent
/// facts leave an input at its neutral value and say so.
/// </summary>
public static class FactInputs
{
    public const string EffortName = "effort";
    public const string ConfidenceName = "confidence";
    public const string EaseName = "ease";

    /// <summary>Points of an item that nobody estimated.</summary>
    public const double DefaultEffort = 3;

    /// <summary>Points below which a smaller estimate no longer counts: a lower bound keeps ratios sane.</summary>
    public const double SmallestEffort = 0.5;

    private const double LargestEffort = 100;

    /// <summary>Most by which what was read from the text moves an input, either way: less than severity and stated priority together.</summary>
    public const double MostAdvised = 2;

    /// <summary>Value of doing the item, above 0 to 10, neutral 3: what it is worth (1…5), demand (up to the cap) and goals (below 2).</summary>
    public static ScoreInput Value(WeighedItem facts, string name) =>
        ScoreInput.Within(name, 3, 1, 10, [.. Worth(facts), DemandPart(facts), .. GoalParts(facts), .. Advised(facts, AdvisedKind.Value, 3)]);

    /// <summary>Impact on each person reached, neutral 3: as <see cref="Value"/>, without demand, which counts as reach.</summary>
    public static ScoreInput Impact(WeighedItem facts, string name) =>
        ScoreInput.Within(name, 3, 1, 10, [.. Worth(facts), .. GoalParts(facts), .. Advised(facts, AdvisedKind.Value, 3)]);

    /// <summary>How many are affected, 1…10, neutral 3: the demand.</summary>
    public static ScoreInput Reach(WeighedItem facts, string name) => ScoreInput.Within(name, 3, 1, 10, [DemandPart(facts)]);

    /// <summary>How the value decays with waiting, 1…10, neutral 3: due date, stated priority, regressions; age only widens what worth says.</summary>
    public static ScoreInput TimeCriticality(WeighedItem facts, string name)
    {
        var parts = new List<InputPart>();
        if (facts.DaysLeft is { } left)
            parts.Add(new InputPart("due date", DueWords(facts), left <= 0 ? 5 : 5 * Math.Pow(2, -left / 14)));
        if (facts.Priority is { } priority)
            parts.Add(new InputPart("priority", $"priority '{facts.PriorityWord}'", 3 - priority));
        AddSignal(parts, facts, TextSignals.Regression, "regression", 1.5);
        AddSignal(parts, facts, TextSignals.Security, "security", 1);
        AddSignal(parts, facts, TextSignals.DataLoss, "data loss", 1);
        AddSignal(parts, facts, TextSignals.Workaround, "workaround", -0.5);
        if (facts.AgeDays is { } age)
        {
            var worth = Worth(facts).Sum(p => p.Amount) / 2;
            var meaning = worth > 0 ? $"waiting {age:N0} days" : worth < 0 ? $"minor, and open for {age:N0} days" : $"{age:N0} days of age say nothing by themselves";
            parts.Add(new InputPart("age", meaning, worth * age / (age + 180)));
        }

        parts.AddRange(Advised(facts, AdvisedKind.Urgency, 3));
        return ScoreInput.Within(name, 3, 1, 10, parts);
    }

    /// <summary>Risk that goes away or work that becomes possible, 1…10, neutral 2: security, data loss, crashes, items that wait for this one.</summary>
    public static ScoreInput RiskReduction(WeighedItem facts, string name)
    {
        var parts = new List<InputPart>();
        AddSignal(parts, facts, TextSignals.Security, "security", 4);
        AddSignal(parts, facts, TextSignals.DataLoss, "data loss", 3);
        AddSignal(parts, facts, TextSignals.Crash, "crash", 1);
        if (facts.Blocks > 0)
            parts.Add(new InputPart("blocks", $"{facts.Blocks} open {(facts.Blocks == 1 ? "item waits" : "items wait")} for it", Math.Min(3, Math.Log2(1 + facts.Blocks))));
        parts.AddRange(Advised(facts, AdvisedKind.Risk, 2));
        return ScoreInput.Within(name, 2, 1, 10, parts);
    }

    /// <summary>
    /// How sure the other inputs are, from half of <paramref name="highest"/> (nothing stated) to all of it: an estimate gives 20 %, a
    /// stated priority or severity and known demand 15 % each.
    /// </summary>
    public static ScoreInput Confidence(WeighedItem facts, double highest) => new(
        ConfidenceName,
        highest / 2,
        [
            Known("estimate", facts.Item.StoryPoints is > 0, 0.2 * highest),
            Known("urgency", facts.Priority is not null || facts.Severity is not null, 0.15 * highest),
            Known("people", facts.Demand.IsKnown, 0.15 * highest),
        ]);

    /// <summary>Points: the estimate, else <see cref="DefaultEffort"/>.</summary>
    public static ScoreInput Effort(WeighedItem facts, string name) => facts.Item.StoryPoints is { } points && points > 0 && double.IsFinite(points)
        ? ScoreInput.Within(name, DefaultEffort, SmallestEffort, LargestEffort, [new InputPart(EffortName, $"{points:0.##} points estimated", points - DefaultEffort)])
        : new ScoreInput(name, DefaultEffort, [new InputPart(EffortName, "default: no estimate", 0)]);

    /// <summary>Ease 1…10 for ICE: 10 − 3 · log₂(effort), so 1 point is 10, 2 are 7, 8 are 1; neutral is the ease of the default effort.</summary>
    public static ScoreInput Ease(WeighedItem facts)
    {
        var effort = Effort(facts, EffortName);
        var neutral = EaseOf(DefaultEffort);
        return new ScoreInput(EaseName, neutral, [new InputPart(EffortName, effort.Parts[0].Why, EaseOf(effort.Value) - neutral)]);
    }

    internal static string DueWords(WeighedItem facts) => facts.DaysLeft switch
    {
        null => "no due date",
        <= 0 and var late => $"overdue by {-late:0} days",
        var left => $"due in {left:0} days",
    };

    private static double EaseOf(double effort) => Math.Clamp(10 - (3 * Math.Log2(effort)), 1, 10);

    /// <summary>What severity, stated priority and the words of the text say it is worth: −2…+2 around the neutral value.</summary>
    private static List<InputPart> Worth(WeighedItem facts)
    {
        var parts = new List<InputPart>();
        if (facts.Severity is { } severity)
            parts.Add(new InputPart("severity", $"severity '{facts.Item.Severity}'", 3 - severity));
        if (facts.Priority is { } priority)
            parts.Add(new InputPart("priority", $"priority '{facts.PriorityWord}'", facts.Severity is null ? 3 - priority : (3 - priority) / 2.0));
        AddSignal(parts, facts, TextSignals.Security, "security", 1.5);
        AddSignal(parts, facts, TextSignals.DataLoss, "data loss", 1.5);
        AddSignal(parts, facts, TextSignals.Crash, "crash", 1);
        AddSignal(parts, facts, TextSignals.Hang, "hang", 0.75);
        AddSignal(parts, facts, TextSignals.Performance, "performance", 0.25);
        AddSignal(parts, facts, TextSignals.Workaround, "workaround", -0.5);
        AddSignal(parts, facts, TextSignals.Cosmetic, "cosmetic", -1);
        var sum = parts.Sum(p => p.Amount);
        var kept = Math.Clamp(sum, -2, 2);
        if (kept != sum)
            parts.Add(new InputPart("limit", "severity, priority and words together count at most 2", kept - sum));
        return parts;
    }

    /// <summary>Half of the distance between what was read from the text and the neutral value, at most <see cref="MostAdvised"/>.</summary>
    private static IEnumerable<InputPart> Advised(WeighedItem facts, AdvisedKind kind, double neutral) =>
        facts.Advised.Where(a => a.Kind == kind).Select(a => new InputPart("advised", a.Why, Math.Clamp((a.Amount - neutral) / 2, -MostAdvised, MostAdvised)));

    private static InputPart DemandPart(WeighedItem facts) => new("demand", facts.Demand.Words, facts.Demand.Amount(facts.DemandCap));

    /// <summary>2·w ÷ (w + 1) for the summed weight w, shared by weight: more weight always moves an item, never without bound.</summary>
    private static IEnumerable<InputPart> GoalParts(WeighedItem facts)
    {
        var weight = facts.Goals.Sum(g => g.Weight);
        return facts.Goals.Where(g => g.Weight > 0).Select(g => new InputPart($"goal {g.Name}", $"serves '{g.Name}' ({g.Match})", 2 * g.Weight / (weight + 1)));
    }

    private static InputPart Known(string fact, bool known, double amount) =>
        new(fact, known ? $"{fact} known" : $"{fact} unknown", known ? amount : 0);

    private static void AddSignal(List<InputPart> parts, WeighedItem facts, TextSignals signal, string name, double amount)
    {
        if (facts.Signals.HasFlag(signal))
            parts.Add(new InputPart(name, $"tells of {(name is "workaround" or "crash" or "regression" or "hang" ? "a " : "")}{name}", amount));
    }
}
