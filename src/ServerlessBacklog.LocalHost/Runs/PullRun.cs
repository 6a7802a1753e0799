using System.Globalization;
using ServerlessBacklog.Triage.Activities;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Runs;

/// <summary>Reads a live tracker into the store, page by page, as far as the budget goes, and says what was left out.</summary>
internal sealed class PullRun(IEnumerable<ITracker> trackers, PullChanges pull, IBacklogStore store)
{
    /// <summary>The source under the name that its tracker has for it. Of one that is known, a used-up budget is for the reading to tell.</summary>
    public async Task<SourceAddress> ResolveAsync(SourceAddress source, CancellationToken cancellation)
    {
        if (trackers.OfType<ILiveTracker>().FirstOrDefault(t => t.Name == source.Tracker) is not { } tracker)
            return source;
        try
        {
            return source with { Location = await tracker.ResolveAsync(source.Location, cancellation) };
        }
        catch (BudgetExhaustedException)
        {
            if (await store.CursorAsync(BacklogName.Of(source), ImportItems.SourceCursor, cancellation) is null)
                throw;
            return source;
        }
    }

    public async Task<ImportResult> RunAsync(SourceAddress source, string backlog, IProgress<int> progress, CancellationToken cancellation)
    {
        await store.SetCursorAsync(backlog, ImportItems.SourceCursor, source.ToString(), cancellation);
        var result = new ImportResult { Backlog = backlog, Source = source.Label };
        var problems = new List<ReadProblem>();
        while (true)
        {
            var page = await pull.RunAsync(new PullRequest(backlog, source.ToString(), IsScheduled: false), cancellation);
            problems.AddRange(page.Problems);
            result = result with
            {
                New = result.New + page.New,
                Changed = result.Changed + page.Changed,
                Same = result.Same + page.Same,
                ProblemCount = problems.Count(p => !p.IsNote),
                Problems = problems,
            };
            progress.Report(result.Read);
            if (!page.IsLast)
                continue;
            if (page.StoppedUntil is { } until)
                problems.Add(LeftOut(source, page, until));
            return result with { Problems = problems };
        }
    }

    private static ReadProblem LeftOut(SourceAddress source, PulledPage page, DateTimeOffset until) => new(
        source.ToString(),
        string.Create(CultureInfo.InvariantCulture, $"{(page.Left is > 0 ? $"about {page.Left:N0} items were" : "the rest was")} left out: {page.Why} Run it again after {until.UtcDateTime:HH:mm} UTC: it goes on where it stopped."),
        IsNote: true);
}
