using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>
/// Examines a page of items: stage by stage, each step on those items for which its stored finding is out of date. A webhook is a page
/// of one; a sweep is many pages; both come through here.
/// </summary>
public sealed class Examiner(IReadOnlyList<ITriageStep> steps, RunStep runStep)
{
    public IReadOnlyList<ITriageStep> Steps => steps;

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
            var earlier = current.ToDictionary(c => c.Key, c => Earlier(c.Value, stage.Key));
            var stageContext = context with { Earlier = earlier };
            var now = page.ToDictionary(i => i.Ref, i => versions[i.Ref] with { Findings = Fingerprint(earlier[i.Ref]) });
            foreach (var step in stage)
            {
                var due = page.Where(i => !now[i.Ref].IsFresh(current[i.Ref].GetValueOrDefault(step.Name), step, context.Now)).ToList();
                if (due.Count == 0)
                    continue;
                var outcome = await runStep.RunAsync(step, due, stageContext, cancellation);
                failures.AddRange(outcome.Failures);
                // What the step said before is out of date: no decision rests on it.
                foreach (var failure in outcome.Failures)
                    current[failure.Item].Remove(step.Name);
                foreach (var finding in outcome.Findings)
                {
                    var made = new ExaminedFinding(finding, now[finding.Item].For(step));
                    current[finding.Item][step.Name] = made;
                    examined.Add(made);
                }
            }
        }

        return new Examination(examined, failures, current.ToDictionary(
            c => c.Key,
            c => (IReadOnlyList<Finding>)[.. InOrder(c.Value)]));
    }

    private IReadOnlyList<Finding> Earlier(Dictionary<string, ExaminedFinding> findings, int stage) =>
        [.. InOrder(findings).Where(f => steps.First(s => s.Name == f.Step).Stage < stage)];

    /// <summary>Findings in the order of the step list; those of steps that no longer exist are left out.</summary>
    private IEnumerable<Finding> InOrder(Dictionary<string, ExaminedFinding> findings) =>
        steps.Where(s => findings.ContainsKey(s.Name)).Select(s => findings[s.Name].Finding);

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
    IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>> Findings);
