using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>
/// The versions of everything that a step may read about one item, at this moment. A stored finding is fresh while the parts that its
/// step reads are what they were, and its due time has not come.
/// </summary>
/// <param name="Findings">Fingerprint of the earlier stages' findings on the item.</param>
public sealed record ItemVersions(string Content, string Neighbours, string People, string Policy, string Findings = "")
{
    /// <summary>What a finding made now by <paramref name="step"/> is computed from; parts that it does not read stay empty.</summary>
    public ComputedFrom For(ITriageStep step) => new(
        step.Version,
        Content,
        step.Reads.HasFlag(StepReads.Neighbours) ? Neighbours : "",
        step.Reads.HasFlag(StepReads.People) ? People : "",
        step.Reads.HasFlag(StepReads.Policy) ? Policy : "",
        step.Reads.HasFlag(StepReads.Findings) ? Findings : "");

    public bool IsFresh(ExaminedFinding? stored, ITriageStep step, DateTimeOffset now) =>
        stored is not null
        && stored.From == For(step)
        && !(step.Reads.HasFlag(StepReads.Clock) && stored.Finding.Due is { } due && due <= now);
}

/// <summary>What is the same for all items of a run: people, settings with their policy, and the versions of the steps.</summary>
public sealed record RunVersions
{
    private RunVersions(string people, string policy, string all) => (People, Policy, All) = (people, policy, all);

    public string People { get; }

    public string Policy { get; }

    private string All { get; }

    public static RunVersions Of(BacklogSnapshot backlog, TriageSettings settings, IReadOnlyList<ITriageStep> steps)
    {
        var (people, policy) = (PeopleVersion.Of(backlog), settings.Version());
        var all = $"{people} {policy} {string.Join(' ', steps.Select(s => $"{s.Name} {s.Version}"))}";
        return new RunVersions(people, policy, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 8)));
    }

    public ItemVersions For(ItemStamp stamp) => new(stamp.ContentHash, stamp.Neighbours, People, Policy);

    /// <summary>
    /// Names everything about one item at once: while it is the same, no finding on the item and no decision over them is out of date
    /// but by time.
    /// </summary>
    public string KeyOf(string content, string neighbours) => $"{content}.{neighbours}.{All}";
}
