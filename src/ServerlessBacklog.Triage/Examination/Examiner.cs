using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>
/// Examines a page of items: stage by stage, each step on those items for which its stored finding is out of date. A sweep examines a
/// page at once (<see cref="ExamineAsync"/>); for a single item an orchestration runs the steps of a stage side by side
/// (<see cref="RunAsync"/>), which is a page of one.
/// </summary>
public sealed class Examiner(IReadOnlyList<ITriageStep> steps, StepRunner runner)
{
    public IReadOnlyList<ITriageStep> Steps => steps;

    /// <summary>The versions of all that findings of a run depend on besides the items.</summary>
    public RunVersions Versions(string backlog, BacklogSnapshot snapshot, TriageSettings settings) =>
        RunVersions.Of(snapshot, settings, steps, step => runner.AdviceVersion(backlog, step, settings));

    /// <summary>Names of the steps that run together, in the order in which the stages follow each other.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Stages =>
        [.. steps.GroupBy(s => s.Stage).OrderBy(s => s.Key).Select(s => (IReadOnlyList<string>)[.. s.Select(step => step.Name)])];

    /// <param name="versions">Versions by item, <see cref="ItemVersions.Findings"/> left empty: the examiner fills it between stages.</param>
    /// <param name="stored">Findings of earlier runs by item and step.</param>
    public async Task<Examination> ExamineAsync(
        IReadOnlyList<WorkItem> page,
        IReadOnlyDictionary<WorkItemRef, ItemVersions> versions,
        IReadOnlyDictionary<WorkItemRef, IReadOnlyDictionary<string, ExaminedFinding>> stored,
        StepContext context,
        CancellationToken cancellation)
    {
        var current = page.ToDictionary(i => i.Ref, i => stored.TryGetValue(i.Ref, out var known)
            ? new Dictionary<string, ExaminedFinding>(known)
            : []);
        var examined = new List<ExaminedFinding>();
        var failures = new List<StepFailure>();
        foreach (var stage in steps.GroupBy(s => s.Stage).OrderBy(s => s.Key))
        {
            var earlier = current.ToDictionary(c => c.Key, c => Earlier(c.Value.Values.Select(f => f.Finding), stage.Key));
            foreach (var step in stage)
            {
                var outcome = await RunAsync(
                    step, page, versions, i => current[i].GetValueOrDefault(step.Name), context with { Earlier = earlier }, cancellation);
                failures.AddRange(outcome.Failures);
                // What the step said before is out of date: no decision rests on it.
                foreach (var failure in outcome.Failures)
                    current[failure.Item].Remove(step.Name);
                foreach (var made in outcome.Made)
                    current[made.Finding.Item][step.Name] = made;
                examined.AddRange(outcome.Made);
            }
        }

        return new Examination(examined, failures, current.ToDictionary(
            c => c.Key,
            c => (IReadOnlyList<ExaminedFinding>)[.. steps.Where(s => c.Value.ContainsKey(s.Name)).Select(s => c.Value[s.Name])]));
    }

    /// <summary>One step over those items of a page whose stored finding is out of date.</summary>
    /// <param name="context">With the findings of earlier stages on each item.</param>
    public async Task<StepResult> RunAsync(
        ITriageStep step,
        IReadOnlyList<WorkItem> page,
        IReadOnlyDictionary<WorkItemRef, ItemVersions> versions,
        Func<WorkItemRef, ExaminedFinding?> stored,
        StepContext context,
        CancellationToken cancellation)
    {
        var now = page.ToDictionary(i => i.Ref, i => versions[i.Ref] with { Findings = Fingerprint(context.Earlier.GetValueOrDefault(i.Ref, [])) });
        var due = page.Where(i => !now[i.Ref].IsFresh(stored(i.Ref), step, context.Now)).ToList();
        if (due.Count == 0)
            return new StepResult([], []);
        var outcome = await runner.RunAsync(step, due, context, cancellation);
        return new StepResult([.. outcome.Findings.Select(f => new ExaminedFinding(f, now[f.Item].For(step)))], outcome.Failures);
    }

    /// <summary>
    /// Marks an item as examined when every step has spoken: until a version differs or the time comes, it need not be looked at.
    /// </summary>
    /// <param name="findings">All findings on the item.</param>
    public ExaminationMark Mark(WorkItemRef item, ItemVersions versions, RunVersions run, IReadOnlyList<ExaminedFinding> findings) => new(
        item,
        findings.Count == steps.Count ? run.KeyOf(versions.Content, versions.Neighbours) : "",
        findings.Where(f => Find(f.Finding.Step) is not null).Min(f => f.Finding.Due));

    public ITriageStep? Find(string name) => steps.FirstOrDefault(s => s.Name == name);

    /// <summary>Those of an item's findings that a stage may read, in the order of the step list; those of steps that no longer exist are left out.</summary>
    public IReadOnlyList<Finding> Earlier(IEnumerable<Finding> findings, int stage)
    {
        var byStep = findings.ToDictionary(f => f.Step);
        return [.. steps.Where(s => s.Stage < stage && byStep.ContainsKey(s.Name)).Select(s => byStep[s.Name])];
    }

    private static string Fingerprint(IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return "";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var finding in findings)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{finding.Step}\n{finding.Status}\n{finding.Confidence}\n{finding.Score}\n{finding.Reason}\n"));
            foreach (var fact in finding.Evidence)
                hash.AppendData(Encoding.UTF8.GetBytes($"{fact.Kind}\n{fact.Text}\n{fact.Value}\n{fact.Item}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}

/// <param name="Examined">Findings made now.</param>
/// <param name="Findings">All findings on each item of the page, made now or reused, in the order of the steps.</param>
public sealed record Examination(
    IReadOnlyList<ExaminedFinding> Examined,
    IReadOnlyList<StepFailure> Failures,
    IReadOnlyDictionary<WorkItemRef, IReadOnlyList<ExaminedFinding>> Findings);

/// <param name="Made">Findings made now; items whose stored finding is fresh have none.</param>
public sealed record StepResult(IReadOnlyList<ExaminedFinding> Made, IReadOnlyList<StepFailure> Failures);
