namespace ServerlessBacklog.Domain.Triage;

/// <summary>The words for <see cref="Evidence.Kind"/>. Reports lay facts out by them; scripts read them in <c>--json</c>, so they stay stable.</summary>
public static class EvidenceKind
{
    /// <summary>One addend of a score: <see cref="Evidence.Value"/> is its contribution; all factors of a finding sum to its score.</summary>
    public const string Factor = "factor";

    /// <summary>One input of a formula with its value: <c>reach = 14</c>.</summary>
    public const string Input = "input";

    /// <summary>A goal that the item serves; <c>unaligned</c> when none.</summary>
    public const string Goal = "goal";

    /// <summary>A part that the item lacks, by name: <c>steps to reproduce</c>.</summary>
    public const string Missing = "missing";

    /// <summary>A part that the item has, with a quote.</summary>
    public const string Present = "present";

    /// <summary>A question to the reporter.</summary>
    public const string Question = "question";

    /// <summary>Two statements of the item that contradict each other.</summary>
    public const string Conflict = "conflict";

    /// <summary>The canonical item that this one repeats; the value is the probability.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A related item, not a duplicate; the value is the probability of being a duplicate.</summary>
    public const string Related = "related";

    /// <summary>Another member of the duplicate cluster of which this item is the canonical one.</summary>
    public const string Member = "member";

    /// <summary>A fact that both items state.</summary>
    public const string Shared = "shared";

    /// <summary>A fact in which the items differ.</summary>
    public const string Differs = "differs";

    /// <summary>A person who could take the item: the value is the score, the text prints its parts.</summary>
    public const string Candidate = "candidate";

    /// <summary>A finished item that an estimate rests on: the value is its size.</summary>
    public const string Neighbour = "neighbour";

    /// <summary>Lower bound of an interval, in the unit of the score.</summary>
    public const string Low = "low";

    /// <summary>Upper bound of an interval, in the unit of the score.</summary>
    public const string High = "high";

    /// <summary>Days, as a fact about time: age, silence.</summary>
    public const string Days = "days";

    /// <summary>Why a rule spares the item.</summary>
    public const string Exempt = "exempt";

    /// <summary>A sign that the item is worth little now.</summary>
    public const string LowValue = "low-value";

    /// <summary>An item that must be done first (the tracker says so).</summary>
    public const string BlockedBy = "blocked-by";

    /// <summary>An item that waits for this one (the tracker says so).</summary>
    public const string Blocks = "blocks";

    /// <summary>A dependency that only the text suggests, with a quote.</summary>
    public const string Suspected = "suspected";

    /// <summary>A ring of items that wait for each other.</summary>
    public const string Cycle = "cycle";

    /// <summary>A chain of items that wait for each other: the value is its length in items.</summary>
    public const string Chain = "chain";

    /// <summary>A recommended grooming act; acts come in the order in which they make sense.</summary>
    public const string Act = "act";

    /// <summary>A part of a drafted user story, by name in the text: <c>role: …</c>, <c>want: …</c>, <c>benefit: …</c>.</summary>
    public const string Story = "story";

    /// <summary>An acceptance criterion of a draft.</summary>
    public const string Criterion = "criterion";

    /// <summary>What a draft supposes and the item does not say.</summary>
    public const string Assumption = "assumption";

    /// <summary>Words of the item that a draft rests on.</summary>
    public const string Quoted = "quoted";

    /// <summary>A smaller item into which this one could be cut, with the words that it comes from.</summary>
    public const string Child = "child";

    /// <summary>Where a thread stands, or what it came to.</summary>
    public const string State = "state";

    /// <summary>One point of a long thread: the text names the comment that it comes from.</summary>
    public const string Point = "point";

    /// <summary>Anything else worth knowing.</summary>
    public const string Note = "note";
}
