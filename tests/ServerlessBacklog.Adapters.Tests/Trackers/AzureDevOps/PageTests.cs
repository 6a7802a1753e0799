using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed partial class PageTests
{
    private const string Project = "contoso/Web Shop";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Pages_come_by_last_change_in_batches_of_two_hundred_and_say_how_many_are_left()
    {
        await using var azure = await BacklogAsync([.. Enumerable.Range(1, 450).Select(i => (1000 - i, Start.AddMinutes(i)))]);
        using var tracker = azure.Tracker();

        var pages = await ReadAllAsync(tracker, null);

        pages.Select(p => p.Items.Count).ShouldBe([200, 200, 50]);
        pages.Select(p => p.Left).ShouldBe([250, 50, 0]);
        pages.SelectMany(p => p.Items).Select(i => i.Ref.Number).ShouldBe(Enumerable.Range(1, 450).Select(i => $"{1000 - i}"));
        var batches = azure.Calls.Where(c => c.Path.EndsWith("/workitemsbatch", StringComparison.Ordinal)).ToList();
        batches.ShouldAllBe(b => b.Json.GetProperty("ids").GetArrayLength() <= 200 && !b.Body.Contains("\"fields\""));
        azure.Calls.Count(c => c.Path.EndsWith("/wiql", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_query_asks_for_instants_of_this_project_only()
    {
        await using var azure = await BacklogAsync([(1, Start), (2, Start.AddHours(5))]);
        using var tracker = azure.Tracker();

        var page = await tracker.ReadPageAsync(new TrackerPageRequest(Project, Start.AddHours(1).AddMilliseconds(700), null), None);

        page.Items.Select(i => i.Ref.ToString()).ShouldBe(["azuredevops:contoso/Web Shop#2"]);
        var query = azure.Calls.Single(c => c.Path == "/contoso/Web Shop/_apis/wit/wiql");
        query.Query["timePrecision"].ShouldBe("true");
        query.Json.GetProperty("query").GetString()!.ShouldContain("[System.TeamProject] = @project AND [System.ChangedDate] >= '2026-01-01T01:00:00Z'");
    }

    [Fact]
    public async Task A_backlog_of_more_than_a_query_may_match_is_halved_by_time_until_all_has_come_once()
    {
        await using var azure = await BacklogAsync([.. Enumerable.Range(1, 900).Select(i => (i, Start.AddDays(i % 7).AddSeconds(i)))], limit: 100);
        using var tracker = azure.Tracker();

        var pages = await ReadAllAsync(tracker, null);

        var numbers = pages.SelectMany(p => p.Items).Select(i => int.Parse(i.Ref.Number, CultureInfo.InvariantCulture)).ToList();
        numbers.Count.ShouldBe(900);
        numbers.ShouldBeUnique();
        pages.SelectMany(p => p.Items).Select(i => i.UpdatedAt!.Value).ShouldBeInOrder();
        pages[0].Left.ShouldBe(700);
    }

    [Fact]
    public async Task Items_that_all_changed_in_one_second_are_split_by_number()
    {
        await using var azure = await BacklogAsync([.. Enumerable.Range(1, 300).Select(i => (i * 7, Start))], limit: 40);
        using var tracker = azure.Tracker();

        var pages = await ReadAllAsync(tracker, null);

        pages.SelectMany(p => p.Items).Select(i => i.Ref.Number).ShouldBe(Enumerable.Range(1, 300).Select(i => $"{i * 7}"), ignoreOrder: true);
    }

    [Fact]
    public async Task Another_process_goes_on_where_the_first_left_off()
    {
        await using var azure = await BacklogAsync([.. Enumerable.Range(1, 450).Select(i => (i, Start.AddSeconds(i / 100)))], limit: 300);
        using var first = azure.Tracker();
        var one = await first.ReadPageAsync(new TrackerPageRequest(Project, null, null), None);
        using var second = azure.Tracker();

        var rest = await ReadAllAsync(second, one.Next);

        one.Items.Concat(rest.SelectMany(p => p.Items)).Select(i => i.Ref.Number).ShouldBe(Enumerable.Range(1, 450).Select(i => $"{i}"));
        rest[0].Left.ShouldBe(50);
    }

    [Fact]
    public async Task An_item_that_changes_while_pages_are_read_hides_no_other()
    {
        var items = Enumerable.Range(1, 300).Select(i => (Id: i, At: Start.AddMinutes(i))).ToList();
        await using var azure = await BacklogAsync(items);
        // Numbers are asked for, then the last item of the first page changes, and is read as it is now.
        azure.On("POST", "/contoso/Web Shop/_apis/wit/workitemsbatch", asked =>
        {
            items[199] = (200, Start.AddYears(1));
            return Batch(asked, items);
        });
        using var first = azure.Tracker();
        var one = await first.ReadPageAsync(new TrackerPageRequest(Project, null, null), None);
        using var second = azure.Tracker();

        var rest = await ReadAllAsync(second, one.Next);

        one.Items.Concat(rest.SelectMany(p => p.Items)).Select(i => i.Ref.Number).Distinct().Count().ShouldBe(300);
    }

    [Fact]
    public async Task Items_that_went_between_query_and_batch_are_told_as_gone()
    {
        var items = Enumerable.Range(1, 4).Select(i => (Id: i, At: Start.AddMinutes(i))).ToList();
        await using var azure = await BacklogAsync(items);
        azure.On("POST", "/contoso/Web Shop/_apis/wit/workitemsbatch", _ => Reply.List(
            [AnItem.Json(1), null, AnItem.Json(3, fields: [("System.TeamProject", "Other")])]));
        using var tracker = azure.Tracker();

        var page = await tracker.ReadPageAsync(new TrackerPageRequest(Project, null, null), None);

        page.Items.Select(i => i.Ref.Number).ShouldBe(["1"]);
        page.Gone.Select(g => g.Number).ShouldBe(["2", "3", "4"]);
    }

    [Fact]
    public async Task A_read_of_changes_tells_of_the_recycle_bin_once()
    {
        await using var azure = await BacklogAsync([(1, Start)]);
        azure.On("GET", "/contoso/Web Shop/_apis/wit/recyclebin", _ => Reply.List([new { id = 77 }]));
        using var tracker = azure.Tracker();

        var first = await tracker.ReadPageAsync(new TrackerPageRequest(Project, Start, null), None);
        var second = await tracker.ReadPageAsync(new TrackerPageRequest(Project, Start, null), None);

        first.Gone.ShouldBe([new WorkItemRef("azuredevops", Project, "77")]);
        second.Gone.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("changed/99999999999999999999/1")]
    public async Task A_mark_of_somebody_else_is_refused(string mark)
    {
        await using var azure = await BacklogAsync([]);
        using var tracker = azure.Tracker();

        await Should.ThrowAsync<UserErrorException>(() => tracker.ReadPageAsync(new TrackerPageRequest(Project, null, mark), None));
    }

    private static async Task<List<TrackerPage>> ReadAllAsync(AzureDevOpsTracker tracker, string? mark)
    {
        var pages = new List<TrackerPage>();
        do
        {
            pages.Add(await tracker.ReadPageAsync(new TrackerPageRequest(Project, null, mark), None));
            mark = pages[^1].Next;
        }
        while (mark is not null);
        return pages;
    }

    /// <summary>A project that answers queries as the service does, with a limit of its own for how much one may match.</summary>
    private static async Task<ScriptedAzure> BacklogAsync(IReadOnlyList<(int Id, DateTimeOffset At)> items, int limit = 20_000)
    {
        var azure = await ScriptedAzure.StartAsync();
        return azure
            .On("POST", "/contoso/Web Shop/_apis/wit/wiql", asked => Query(asked, items, limit))
            .On("POST", "/contoso/Web Shop/_apis/wit/workitemsbatch", asked => Batch(asked, items));
    }

    private static Reply Query(Asked asked, IReadOnlyList<(int Id, DateTimeOffset At)> items, int limit)
    {
        var query = asked.Json.GetProperty("query").GetString()!;
        IEnumerable<(int Id, DateTimeOffset At)> match = items;
        foreach (Match part in Condition().Matches(query))
        {
            var (isFrom, value) = (part.Groups[2].Value == ">=", part.Groups[3].Value);
            match = part.Groups[1].Value == "Id"
                ? match.Where(i => isFrom ? i.Id >= int.Parse(value, CultureInfo.InvariantCulture) : i.Id < int.Parse(value, CultureInfo.InvariantCulture))
                : match.Where(i => isFrom ? i.At >= DateTimeOffset.Parse(value, CultureInfo.InvariantCulture) : i.At < DateTimeOffset.Parse(value, CultureInfo.InvariantCulture));
        }

        var found = match.OrderBy(i => i.At).ThenBy(i => i.Id).ToList();
        return found.Count > limit
            ? Reply.Error(400, $"VS402337: The number of work items returned exceeds the size limit of {limit}. Change the query to return fewer items.")
            : Reply.Json(new { queryType = "flat", asOf = Start.AddMonths(6), workItems = found.Select(i => new { id = i.Id, url = "https://dev.azure.com/x" }) });
    }

    private static Reply Batch(Asked asked, IReadOnlyList<(int Id, DateTimeOffset At)> items)
    {
        if (asked.Json.GetProperty("ids").GetArrayLength() > 200)
            return Reply.Error(400, "VS403474: You have asked for too many work items.");
        var known = items.ToDictionary(i => i.Id, i => i.At);
        return Reply.List([.. asked.Json.GetProperty("ids").EnumerateArray().Select(id => (object)AnItem.Json(id.GetInt32(), 1, known[id.GetInt32()]))]);
    }

    [GeneratedRegex(@"\[System\.(Id|ChangedDate)\] (>=|<) '?([^' ]+)'?")]
    private static partial Regex Condition();
}
