using ServerlessBacklog.Adapters.Tests.People;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Statuses;
using ServerlessBacklog.Triage.Steps;
using static ServerlessBacklog.Adapters.Tests.People.IPlayedTracker;

namespace ServerlessBacklog.Adapters.Tests.Statuses;

public sealed class GitHubStatusTests : StatusJourneys
{
    private protected override Task<PeopleHost> StartAsync() => PeopleHost.StartAsync(PlayedGitHub.StartAsync, _ => []);
}

public sealed class AzureDevOpsStatusTests : StatusJourneys
{
    private protected override Task<PeopleHost> StartAsync() => PeopleHost.StartAsync(PlayedAzureDevOps.StartAsync, _ => []);

    [Fact]
    public async Task A_change_that_comes_between_the_look_and_the_write_is_not_written_over()
    {
        await using var host = await StartWithRulesAsync();
        var azure = (PlayedAzureDevOps)host.Tracker;
        var number = await host.OpenAsync();
        azure.BeforeNextWrite(number, () => azure.EditBodyAsync(number, Rita, "Steps: log in with a full basket, then wait. Expected: it stays. Actual: it is empty."));

        await host.DoAsync(() => azure.OpenPullRequestAsync(Ada, number));

        azure.Conflicts.ShouldBe(1);
        azure.Status(number).ShouldBe(azure.Statuses.Review);
        azure.State(number).ShouldContain("then wait");
        azure.Patches(number).ShouldHaveSingleItem().ShouldContain("\"/rev\"");
    }

    [Fact]
    public async Task A_rule_that_names_a_status_that_closes_closes_nothing()
    {
        await using var host = await StartWithRulesAsync([new StatusRule { When = StatusCause.PullRequestMerged, To = "Closed" }]);
        var number = await host.OpenAsync();
        var pull = 0;
        await host.DoAsync(async () => pull = await host.Tracker.OpenPullRequestAsync(Ada, number));

        await host.DoAsync(() => host.Tracker.MergeAsync(pull, Ada));

        host.Tracker.IsOpen(number).ShouldBeTrue();
        (await host.OutcomesAsync(number)).SelectMany(o => o.Changes).Single(c => c.Change is MoveTo).Why.ShouldNotBeNull().ShouldContain("needs a person");
    }
}

/// <summary>Where our account is not told from a person's.</summary>
public sealed class UnnamedAzureDevOpsStatusTests : StatusJourneys
{
    private protected override Task<PeopleHost> StartAsync() => PeopleHost.StartAsync(PlayedAzureDevOps.StartUnnamedAsync, _ => []);
}

/// <summary>Rules that move items, from what people do with branches and pull requests to the tracker.</summary>
public abstract class StatusJourneys
{
    private protected abstract Task<PeopleHost> StartAsync();

    private protected async Task<PeopleHost> StartWithRulesAsync(IReadOnlyList<StatusRule>? rules = null, Autonomy autonomy = Autonomy.Auto)
    {
        var host = await StartAsync();
        var (doing, review, _) = host.Tracker.Statuses;
        await host.GoByAsync(new TriageSettings
        {
            Policy = new DecisionPolicy { Steps = new Dictionary<string, StepPolicy> { [StepName.Status] = new(autonomy) } },
            Statuses = new StatusSettings
            {
                Rules = rules ??
                [
                    new StatusRule { When = StatusCause.BranchCreated, To = doing },
                    new StatusRule { When = StatusCause.PullRequestOpened, To = review },
                    new StatusRule { When = StatusCause.PullRequestClosed, To = doing },
                    new StatusRule { When = StatusCause.ChildStarted, To = doing },
                    new StatusRule { When = StatusCause.ChildrenClosed, To = review },
                ],
            },
        });
        return host;
    }

    [Fact]
    public async Task An_item_follows_its_branch_and_its_pull_request()
    {
        await using var host = await StartWithRulesAsync();
        var (doing, review, _) = host.Tracker.Statuses;
        var number = await host.OpenAsync();
        var (seen, pull) = (new List<string?>(), 0);

        await host.DoAsync(() => host.Tracker.BranchAsync(Ada, $"{number}-keep-basket"));
        seen.Add(host.Tracker.Status(number));
        await host.DoAsync(async () => pull = await host.Tracker.OpenPullRequestAsync(Ada, number));
        seen.Add(host.Tracker.Status(number));
        await host.DoAsync(() => host.Tracker.DropPullRequestAsync(pull, Ada));
        seen.Add(host.Tracker.Status(number));

        seen.ShouldBe([doing, review, doing]);
    }

    [Fact]
    public async Task All_that_was_told_told_again_twice_and_backwards_writes_nothing_more()
    {
        await using var host = await StartWithRulesAsync();
        var number = await host.OpenAsync();
        await host.DoAsync(() => host.Tracker.BranchAsync(Ada, $"{number}-keep-basket"));
        await host.DoAsync(() => host.Tracker.OpenPullRequestAsync(Ada, number));
        var (writes, state) = (host.Tracker.Writes, host.Tracker.State(number));

        await host.DoAsync(host.RepeatAllAsync);
        await host.DoAsync(host.RepeatAllAsync);

        host.Tracker.Writes.ShouldBe(writes);
        host.Tracker.State(number).ShouldBe(state);
    }

    [Fact]
    public async Task A_status_that_a_person_set_back_is_not_set_again()
    {
        await using var host = await StartWithRulesAsync();
        var (_, _, aside) = host.Tracker.Statuses;
        var number = await host.OpenAsync();
        await host.DoAsync(() => host.Tracker.OpenPullRequestAsync(Ada, number));

        await host.DoAsync(() => host.Tracker.MoveAsync(number, Grace, aside));
        await host.TriageAsync(number);
        await host.DoAsync(() => host.Tracker.OpenPullRequestAsync(Ada, number));

        host.Tracker.Status(number).ShouldBe(aside);
    }

    [Fact]
    public async Task Shadow_mode_moves_nothing_and_suggesting_waits_for_a_yes()
    {
        await using var host = await StartWithRulesAsync(autonomy: Autonomy.Shadow);
        var number = await host.OpenAsync();
        var before = host.Tracker.Status(number);
        await host.DoAsync(() => host.Tracker.OpenPullRequestAsync(Ada, number));
        host.Tracker.Status(number).ShouldBe(before);

        await using var other = await StartWithRulesAsync(autonomy: Autonomy.Suggest);
        number = await other.OpenAsync();
        await other.DoAsync(() => other.Tracker.OpenPullRequestAsync(Ada, number));
        other.Tracker.Status(number).ShouldBe(before);
        await other.SayAsync(number, Ada, "/backlog approve");

        other.Tracker.Status(number).ShouldBe(other.Tracker.Statuses.Review);
    }

    [Fact]
    public async Task A_rule_that_closes_asks_and_nobodys_silence_closes()
    {
        await using var host = await StartWithRulesAsync([new StatusRule { When = StatusCause.ChildrenClosed, Close = true }]);
        var (parent, child) = (await host.OpenAsync("Baskets survive a login"), await host.OpenAsync("Keep the basket in the session"));
        await host.DoAsync(() => host.Tracker.MakeChildAsync(parent, child, Ada));

        await host.DoAsync(() => host.Tracker.CloseAsync(child, Ada));
        await host.PassAsync(TimeSpan.FromDays(10));

        host.Tracker.IsOpen(parent).ShouldBeTrue();
        (await host.AsksAsync(parent)).ShouldContain(a => a.State == AskState.Expired && a.Changes.Contains("close as completed"));
    }

    [Fact]
    public async Task A_parent_follows_its_children()
    {
        await using var host = await StartWithRulesAsync();
        var (doing, review, _) = host.Tracker.Statuses;
        var (parent, one, two) = (await host.OpenAsync("Baskets survive a login"), await host.OpenAsync("Keep the basket in the session"), await host.OpenAsync("Merge two baskets"));
        await host.DoAsync(() => host.Tracker.MakeChildAsync(parent, one, Ada));
        await host.DoAsync(() => host.Tracker.MakeChildAsync(parent, two, Ada));

        await host.DoAsync(() => host.Tracker.CloseAsync(one, Ada));
        var half = host.Tracker.Status(parent);
        await host.DoAsync(() => host.Tracker.CloseAsync(two, Ada));

        half.ShouldBe(doing);
        host.Tracker.Status(parent).ShouldBe(review);
    }
}
