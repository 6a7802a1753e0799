using ServerlessBacklog.StandIns.AzureDevOps;

namespace ServerlessBacklog.StandIns.Tests.AzureDevOps;

public sealed class QueryTests : AzureDevOpsTests
{
    internal override AzureDevOpsStandInOptions Options => base.Options with { MostQueryResults = 5 };

    [Fact]
    public async Task Items_are_found_by_a_window_of_their_changes()
    {
        await DevOps.CreateProjectAsync("Other");
        var one = await ItemAsync("1");
        Clock.Advance(TimeSpan.FromHours(1));
        var two = await ItemAsync("2");
        await DevOps.CreateItemAsync("Other", Anna, "Bug", "elsewhere");
        Clock.Advance(TimeSpan.FromHours(1));
        var three = await ItemAsync("3");

        (await QueryAsync("WHERE [System.TeamProject] = @project AND [System.ChangedDate] >= '2026-03-01T12:30:00Z' AND [System.ChangedDate] < '2026-03-01T14:00:00Z'")).ShouldBe([two]);
        (await QueryAsync("where [System.TeamProject] = 'shop' order by [System.ChangedDate] desc")).ShouldBe([three, two, one]);
        (await QueryAsync("WHERE ([System.Id] > 1 AND NOT [System.Id] IN (2)) AND [System.TeamProject] = 'Shop' ORDER BY [System.Id]")).ShouldBe([three]);
    }

    [Fact]
    public async Task Without_time_precision_a_date_is_a_day_and_a_time_is_refused()
    {
        var id = await ItemAsync("1");

        (await QueryAsync("WHERE [System.ChangedDate] >= '2026-03-01'", "x=1")).ShouldBe([id]);
        (await QueryAsync("WHERE [System.ChangedDate] > '2026-03-01'", "x=1")).ShouldBeEmpty();
        (await QueryAsync("WHERE [System.ChangedDate] > @today - 1", "x=1")).ShouldBe([id]);
        var answer = await Bot.PostAsync($"/contoso/Shop/_apis/wit/wiql?{Api}", new { query = "SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] >= '2026-03-01T12:00:00Z'" });
        answer.Status.ShouldBe(400);
        answer.Message.ShouldStartWith("You cannot supply a time with the date");
    }

    [Fact]
    public async Task Too_many_results_fail_unless_fewer_are_asked_for()
    {
        for (var i = 0; i < 6; i++)
            await ItemAsync($"{i}");

        var answer = await Bot.PostAsync($"/contoso/Shop/_apis/wit/wiql?{Api}", new { query = "SELECT [System.Id] FROM WorkItems" });

        answer.Status.ShouldBe(400);
        answer.Message.ShouldBe("VS402337: The number of work items returned exceeds the size limit of 5. Change the query to return fewer items.");
        (await QueryAsync("ORDER BY [System.Id]", "$top=4")).ShouldBe([1, 2, 3, 4]);
        (await QueryAsync("WHERE [System.Id] > 1")).Length.ShouldBe(5);
    }

    [Fact]
    public async Task Deleted_items_are_not_found()
    {
        var id = await ItemAsync("1");
        await DevOps.DeleteAsync(id, Anna);

        (await QueryAsync("")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_people_and_paths_are_compared_as_what_they_are()
    {
        var id = await ItemAsync("1");
        await DevOps.TagAsync(id, Anna, "web; webshop");
        await DevOps.AssignAsync(id, Anna, Anna);
        await DevOps.SetAsync(id, Anna, "System.AreaPath", "Shop\\Checkout");

        (await QueryAsync("WHERE [System.Tags] CONTAINS 'web'")).ShouldBe([id]);
        (await QueryAsync("WHERE [System.Tags] CONTAINS 'shop'")).ShouldBeEmpty();
        (await QueryAsync("WHERE [System.AssignedTo] = 'Anna Berg' AND [System.AreaPath] UNDER 'Shop'")).ShouldBe([id]);
        (await QueryAsync("WHERE [System.AssignedTo] <> 'Anna Berg'")).ShouldBeEmpty();
        (await QueryAsync("WHERE [System.Title] = 'it''s'")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SELECT [System.Id] FROM Issues")]
    [InlineData("SELECT [Custom.Ghost] FROM WorkItems")]
    [InlineData("SELECT [System.Id] FROM WorkItems WHERE [System.Id] ~ 3")]
    [InlineData("SELECT [System.Id] FROM WorkItems WHERE [System.Id] > 'x'")]
    [InlineData("SELECT [System.Id] FROM WorkItems WHERE ([System.Id] > 3")]
    public async Task Queries_that_mean_nothing_are_refused(string query)
    {
        (await Bot.PostAsync($"/contoso/Shop/_apis/wit/wiql?{Api}", new { query })).Status.ShouldBe(400);
    }
}
