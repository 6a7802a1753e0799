using System.Globalization;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Http;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Trackers.AzureDevOps.Reading;

/// <summary>
/// The numbers of a project's items by the time of their last change, oldest first. A query may match 20,000 items at most and knows no
/// pages, so a time that holds more is halved until each half fits; a second that holds more is split by number.
/// </summary>
internal sealed class IdQuery(AzureDevOpsApi api, TimeProvider time)
{
    private static readonly TimeSpan Finest = TimeSpan.FromSeconds(1);

    /// <summary>Older than any item: the first work item tracker of this family is of 2005.</summary>
    private static readonly DateTimeOffset Beginning = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="since">Items that changed at or after this moment, rounded down to the second; null for all.</param>
    public Task<FoundIds> RunAsync(AzureProject project, DateTimeOffset? since, CancellationToken cancellation) =>
        RunAsync(project, new Window(since is { } from ? Floor(from) : null, null), cancellation);

    /// <summary>What changed after a mark. What stands in the mark's second before the mark's item has been read.</summary>
    public async Task<FoundIds> RunAsync(AzureProject project, DateTimeOffset at, int after, CancellationToken cancellation)
    {
        var second = Floor(at);
        var same = await RunAsync(project, new Window(second, second + Finest), cancellation);
        var later = await RunAsync(project, new Window(second + Finest, null), cancellation);
        // An item that is not found here has changed since: some items of that second are then read twice.
        var read = same.Ids.TakeWhile(id => id != after).Count() + 1;
        return same with { Ids = [.. read <= same.Ids.Count ? same.Ids.Skip(read) : same.Ids, .. later.Ids] };
    }

    private async Task<FoundIds> RunAsync(AzureProject project, Window whole, CancellationToken cancellation)
    {
        var ids = new List<int>();
        var began = time.GetUtcNow();
        DateTimeOffset? asOf = null;
        var open = new Stack<Window>([whole]);
        while (open.TryPop(out var window))
        {
            try
            {
                var answer = await api.QueryAsync(Address(project), new { query = Wiql(window) }, cancellation);
                ids.AddRange(answer.Each("workItems").Select(w => w.Int("id")).OfType<int>());
                asOf ??= answer.Time("asOf");
            }
            catch (ApiRefusedException refused) when (refused.IsTooMany)
            {
                var (first, second) = Split(window, project);
                open.Push(second);
                open.Push(first);
            }
        }

        return new FoundIds([.. ids.Distinct()], asOf ?? began);
    }

    /// <summary>The project stands in the address: its name needs no quoting in the query then.</summary>
    private string Address(AzureProject project) => $"{api.WorkAddressOf(project, "wiql")}?timePrecision=true&api-version={AzureDevOpsApi.Version}";

    private static string Wiql(Window window)
    {
        var query = "SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = @project";
        if (window.From is { } from)
            query += $" AND [System.ChangedDate] >= '{Text(from)}'";
        if (window.Until is { } until)
            query += $" AND [System.ChangedDate] < '{Text(until)}'";
        if (window.Ids is var (first, end))
            query += $" AND [System.Id] >= {first} AND [System.Id] < {end}";
        return $"{query} ORDER BY [System.ChangedDate], [System.Id]";
    }

    private (Window First, Window Second) Split(Window window, AzureProject project)
    {
        if (window.Ids is var (first, end))
            return SplitIds(window, first, end, project);
        var from = window.From ?? Beginning;
        // The service's clock may be ahead of ours.
        var until = window.Until ?? Floor(time.GetUtcNow().AddDays(1));
        if (until - from <= Finest)
            return SplitIds(window, 1, int.MaxValue, project);
        var middle = Floor(from + ((until - from) / 2));
        if (middle <= from)
            middle = from + Finest;
        return (window with { Until = middle }, window with { From = middle });
    }

    private static (Window First, Window Second) SplitIds(Window window, int first, int end, AzureProject project)
    {
        var middle = first + ((end - first) / 2);
        return middle > first
            ? (window with { Ids = (first, middle) }, window with { Ids = (middle, end) })
            : throw new UserErrorException($"Azure DevOps takes every query on '{project}' for too large, even one for a single item (VS402337). Ask its administrators.");
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <param name="Ids">First number and the one after the last; null for all.</param>
    private sealed record Window(DateTimeOffset? From, DateTimeOffset? Until, (int First, int End)? Ids = null);
}

/// <param name="Ids">In the order of their last change, then of their number.</param>
/// <param name="AsOf">The service's clock when it answered.</param>
internal sealed record FoundIds(IReadOnlyList<int> Ids, DateTimeOffset AsOf);
