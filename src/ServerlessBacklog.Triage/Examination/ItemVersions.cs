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
    /// <summary>Model and prompts that advise a step, by its name; steps that none advises are not in it.</summary>
    public IReadOnlyDictionary<string, string> Models { get; init; } = RunVersions.NoModels;

    /// <summary>What a finding made now by <paramref name="step"/> is computed from; parts that it does not read stay empty.</summary>
    public ComputedFrom For(ITriageStep step) => new(
        step.Version,
        Content,
        step.Reads.HasFlag(StepReads.Neighbours) ? Neighbours : "",
        step.Reads.HasFlag(StepReads.People) ? People : "",
        step.Reads.HasFlag(StepReads.Policy) ? Policy : "",
        step.Reads.HasFlag(StepReads.Findings) ? Findings : "",
        Models.GetValueOrDefault(step.Name, ""));

    public bool IsFresh(ExaminedFinding? stored, ITriageStep step, DateTimeOffset now) =>
        stored is not null
        && stored.From == For(step)
        && !(stored.Finding.Due is { } due && due <= now);
}

/// <summary>What is the same for all items of a run: people, settings with their policy, the versions of the steps, and what advises them.</summary>
public sealed record RunVersions
{
    internal static readonly IReadOnlyDictionary<string, string> NoModels = new Dictionary<string, string>();

    private readonly IReadOnlyDictionary<string, string> models;

    private RunVersions(string people, string policy, IReadOnlyDictionary<string, string> models, string all) =>
        (People, Policy, this.models, All) = (people, policy, models, all);

    public string People { get; }

    public string Policy { get; }

    private string All { get; }

    /// <param name="advice">Names model and prompts that advise a step; empty for none.</param>
    public static RunVersions Of(BacklogSnapshot backlog, TriageSettings settings, IReadOnlyList<ITriageStep> steps, Func<string, string> advice)
    {
        var (people, policy) = (PeopleVersion.Of(backlog), settings.Version());
        var models = steps.Select(s => (s.Name, Version: advice(s.Name))).Where(m => m.Version.Length > 0).ToDictionary(m => m.Name, m => m.Version);
        var all = $"{people} {policy} {string.Join(' ', steps.Select(s => $"{s.Name} {s.Version}{models.GetValueOrDefault(s.Name)}"))}";
        return new RunVersions(people, policy, models, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 8)));
    }

    public ItemVersions For(ItemStamp stamp) => new(stamp.ContentHash, stamp.Neighbours, People, Policy) { Models = models };

    /// <summary>
    /// Names everything about one item at once: while it is the same, no finding on the item and no decision over them is out of date
    /// but by time.
    /// </summary>
    public string KeyOf(string content, string neighbours) => $"{content}.{neighbours}.{All}";
}
