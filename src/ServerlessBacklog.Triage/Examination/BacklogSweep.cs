using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>
/// Goes over the open items of a backlog, page by page, and examines what is out of date. Each page's findings and decisions are stored
/// before the next page begins: a sweep that is stopped goes on where it was, because what is stored is fresh.
/// </summary>
public sealed class BacklogSweep(IBacklogStore store, SnapshotKeeper snapshots, Examiner examiner)
{
    private const int PageSize = 250;

    public async Task<SweepResult> RunAsync(SweepRequest request, IProgress<SweepProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new SweepProgress(SweepPhase.Indexing, 0, 0));
        var state = await LoadAsync(request, cancellation);
        var snapshot = state.Snapshot;
        var context = new StepContext { Now = request.Now, Backlog = snapshot, Settings = request.Settings };
        var due = state.Open.AsParallel().AsOrdered().Where(item => IsDue(item, state, request)).ToList();
        var failures = new List<StepFailure>();
        var examined = 0;
        var done = 0;
        progress?.Report(new SweepProgress(SweepPhase.Examining, 0, due.Count));
        foreach (var page in due.Chunk(PageSize))
        {
            var items = await store.FindItemsAsync(request.Backlog, page, cancellation);
            var examination = await examiner.ExamineAsync(items, state.Versions, state.Findings, context, cancellation);
            // Decisions first: a run that dies between the two finds the findings out of date and decides the same again.
            await DecideAsync(request, items, examination.Findings, state, cancellation);
            await store.SaveFindingsAsync(request.Backlog, examination.Examined, cancellation);
            foreach (var made in examination.Examined)
                state.Findings[made.Finding.Item] = With(state.Findings.GetValueOrDefault(made.Finding.Item), made);
            foreach (var failure in examination.Failures)
                (state.Findings.GetValueOrDefault(failure.Item) as Dictionary<string, ExaminedFinding>)?.Remove(failure.Step);
            failures.AddRange(examination.Failures);
            examined += examination.Examined.Count;
            done += page.Length;
            progress?.Report(new SweepProgress(SweepPhase.Examining, done, due.Count));
        }

        var order = examiner.Steps.Select((step, i) => (step.Name, i)).ToDictionary(s => s.Name, s => s.i);
        return new SweepResult
        {
            Snapshot = snapshot,
            Open = state.Open,
            Findings = state.Open.ToDictionary(i => i, i => (IReadOnlyList<Finding>)[.. (state.Findings.GetValueOrDefault(i)?.Values ?? [])
                .Select(f => f.Finding).Where(f => order.ContainsKey(f.Step)).OrderBy(f => order[f.Step])]),
            Decisions = state.Open.Where(state.Decisions.ContainsKey).ToDictionary(i => i, i => state.Decisions[i]),
            ItemsExamined = due.Count,
            FindingsMade = examined,
            Failures = failures,
        };
    }

    private async Task<SweepState> LoadAsync(SweepRequest request, CancellationToken cancellation)
    {
        var findings = Task.Run(() => FindingsAsync(request.Backlog, cancellation), cancellation);
        var decisions = Task.Run(() => DecisionsAsync(request.Backlog, cancellation), cancellation);
        var snapshot = await snapshots.RefreshAsync(request.Backlog, cancellation);
        var people = PeopleVersion.Of(snapshot);
        var policy = request.Settings.Version();
        var open = snapshot.Items.Values.Where(o => o.Item is { IsOpen: true, Kind: WorkItemKind.Item }).Select(o => o.Item).Order(ItemAge.Order).ToList();
        var versions = new Dictionary<WorkItemRef, ItemVersions>(open.Count);
        await foreach (var stamp in store.StampsAsync(request.Backlog, cancellation))
            versions[stamp.Item] = new ItemVersions(stamp.ContentHash, stamp.Neighbours, people, policy, "");
        return new SweepState(snapshot, [.. open.Select(i => i.Ref)], versions, await findings, await decisions);
    }

    private async Task<Dictionary<WorkItemRef, IReadOnlyDictionary<string, ExaminedFinding>>> FindingsAsync(string backlog, CancellationToken cancellation)
    {
        var findings = new Dictionary<WorkItemRef, IReadOnlyDictionary<string, ExaminedFinding>>();
        await foreach (var finding in store.FindingsAsync(backlog, cancellation))
            findings[finding.Finding.Item] = With(findings.GetValueOrDefault(finding.Finding.Item), finding);
        return findings;
    }

    private async Task<Dictionary<WorkItemRef, Decision>> DecisionsAsync(string backlog, CancellationToken cancellation)
    {
        var decisions = new Dictionary<WorkItemRef, Decision>();
        await foreach (var decision in store.LatestDecisionsAsync(backlog, cancellation))
            decisions[decision.Item] = decision;
        return decisions;
    }

    /// <summary>True when a finding of the item is out of date or missing, or its decision follows another policy.</summary>
    private bool IsDue(WorkItemRef item, SweepState state, SweepRequest request)
    {
        if (state.Decisions.GetValueOrDefault(item)?.PolicyVersion != request.PolicyVersion)
            return true;
        var stored = state.Findings.GetValueOrDefault(item);
        return examiner.Steps.Any(step =>
        {
            var finding = stored?.GetValueOrDefault(step.Name);
            // What reads earlier findings is checked against itself here: it can only be out of date when one of those is.
            var versions = state.Versions[item] with { Findings = finding?.From.Findings ?? "" };
            return !versions.IsFresh(finding, step, request.Now);
        });
    }

    private async Task DecideAsync(
        SweepRequest request,
        IReadOnlyList<WorkItem> items,
        IReadOnlyDictionary<WorkItemRef, IReadOnlyList<Finding>> findings,
        SweepState state,
        CancellationToken cancellation)
    {
        var decisions = items
            .AsParallel().AsOrdered()
            .Select(i => request.Settings.Policy.Decide(i.Ref, state.Versions[i.Ref].Content, findings[i.Ref], request.Now, request.PolicyVersion))
            .ToList();
        await store.SaveDecisionsAsync(request.Backlog, decisions, cancellation);
        foreach (var decision in decisions)
            state.Decisions[decision.Item] = decision;
    }

    private static Dictionary<string, ExaminedFinding> With(IReadOnlyDictionary<string, ExaminedFinding>? known, ExaminedFinding made)
    {
        var findings = known as Dictionary<string, ExaminedFinding> ?? [];
        findings[made.Finding.Step] = made;
        return findings;
    }

    private sealed record SweepState(
        BacklogSnapshot Snapshot,
        IReadOnlyList<WorkItemRef> Open,
        Dictionary<WorkItemRef, ItemVersions> Versions,
        Dictionary<WorkItemRef, IReadOnlyDictionary<string, ExaminedFinding>> Findings,
        Dictionary<WorkItemRef, Decision> Decisions);
}
