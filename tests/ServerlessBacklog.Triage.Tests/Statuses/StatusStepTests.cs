using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Priorities;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;
using ServerlessBacklog.Triage.Statuses;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Statuses;

public sealed class StatusStepTests
{
    private static readonly StatusRule[] Rules =
    [
        new() { When = StatusCause.BranchCreated, To = "Active" },
        new() { When = StatusCause.PullRequestOpened, To = "In Review" },
        new() { When = StatusCause.PullRequestMerged, To = "Testing", From = ["In Review"] },
        new() { When = StatusCause.PersonCommented, To = "Active", From = ["Waiting"] },
    ];

    [Fact]
    public void Without_rules_nothing_is_said()
    {
        new StatusStep().Examine(An.Item(1) with { Signs = [Sign(WorkSignKind.PullRequestOpened, 1)] }, An.Context()).Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void The_newest_fact_counts()
    {
        var item = An.Item(1) with { Signs = [Sign(WorkSignKind.PullRequestOpened, 2), Sign(WorkSignKind.BranchCreated, 1, "branch")] };

        Move(item).ShouldBe("In Review");
    }

    [Fact]
    public void An_item_that_is_there_already_is_left_alone()
    {
        Move(An.Item(1) with { TrackerState = "in review", Signs = [Sign(WorkSignKind.PullRequestOpened, 2)] }).ShouldBeNull();
    }

    [Fact]
    public void What_a_person_moved_since_stays()
    {
        var item = An.Item(1) with { TrackerState = "Blocked", Signs = [Sign(WorkSignKind.PullRequestOpened, 2)] };

        Move(item with { History = Moved(3) }).ShouldBeNull();
        Move(item with { History = Moved(1) }).ShouldBe("In Review");
    }

    [Fact]
    public void While_a_pull_request_is_open_a_merged_one_moves_nothing()
    {
        var item = An.Item(1) with { TrackerState = "In Review", Signs = [Sign(WorkSignKind.PullRequestMerged, 3, "pr 1")] };

        Move(item).ShouldBe("Testing");
        Move(item with { Signs = [.. item.Signs!, Sign(WorkSignKind.PullRequestOpened, 2, "pr 2")] }).ShouldBeNull();
    }

    [Fact]
    public void A_rule_for_other_statuses_does_not_fit()
    {
        Move(An.Item(1) with { TrackerState = "New", Signs = [Sign(WorkSignKind.PullRequestMerged, 3)] }).ShouldBeNull();
    }

    [Fact]
    public void A_comment_of_a_person_moves_and_a_command_does_not()
    {
        var item = An.Item(1) with { TrackerState = "Waiting" };

        Move(item with { History = Said("Here is the log.") }).ShouldBe("Active");
        Move(item with { History = Said("/backlog status") }).ShouldBeNull();
    }

    [Fact]
    public void Signs_come_out_the_same_in_whatever_order_they_are_told()
    {
        WorkSign[] told = [Sign(WorkSignKind.PullRequestOpened, 1, "a"), Sign(WorkSignKind.PullRequestClosed, 2, "a"), Sign(WorkSignKind.PullRequestOpened, 3, "a"), Sign(WorkSignKind.PullRequestMerged, 3, "a"), Sign(WorkSignKind.BranchCreated, 1, "b")];
        var all = Permutations(told).Select(order => order.Concat(order).Aggregate((IReadOnlyList<WorkSign>?)null, (known, sign) => WorkSign.Merge(known, [sign]))!).ToList();

        all.ShouldAllBe(signs => signs.SequenceEqual(all[0]));
        all[0].ShouldBe([told[3], told[4]]);
    }

    [Theory]
    [InlineData("Fixes #12", "12")]
    [InlineData("This resolves: owner/other#7 and closes #8.", "owner/other 7|8")]
    [InlineData("Fixed https://github.com/owner/repo/issues/5", "owner/repo 5")]
    [InlineData("See #12; prefixes #3", "")]
    [InlineData("`Fixes #12` <!-- closes #4 --> AB#99", "AB 99")]
    public void A_pull_request_names_what_it_closes(string text, string named)
    {
        string.Join('|', NamedWork.ByKeyword(text).Select(n => $"{(n.IsBoards ? "AB " : n.Project is null ? "" : n.Project + " ")}{n.Number}")).ShouldBe(named);
    }

    [Theory]
    [InlineData("12-mend-login", "12")]
    [InlineData("refs/heads/feature/12-mend-login", "12")]
    [InlineData("issue-12", "12")]
    [InlineData("users/ada/AB#12-basket", "12")]
    [InlineData("release/2026", null)]
    [InlineData("2026-10-01-release", null)]
    [InlineData("fix-2.0", null)]
    [InlineData("v1", null)]
    [InlineData("main", null)]
    public void A_branch_is_named_for_an_item_or_not(string branch, string? number)
    {
        NamedWork.OfBranch(branch)?.Number.ShouldBe(number);
        (NamedWork.OfBranch(branch) is null).ShouldBe(number is null);
    }

    [Fact]
    public void Rules_that_cannot_be_meant_are_named()
    {
        StatusRule[] rules =
        [
            new() { When = StatusCause.PullRequestOpened }, new() { When = StatusCause.PullRequestMerged, To = "Done", Close = true },
            new() { When = StatusCause.BranchCreated, To = "Active" }, new() { When = StatusCause.BranchCreated, To = "Doing", Types = ["Bug"] },
        ];

        var found = Contradictions.In(new TriageSettings { Statuses = new StatusSettings { Rules = rules }, Reminders = new() { Work = new(7, 5, 0) } });

        found.Select(c => c.Paths[0]).ShouldBe(["statuses.rules", "statuses.rules", "statuses.rules", "reminders.work.first"]);
    }

    [Theory]
    [InlineData(40, 41, false)]
    [InlineData(40, 30, true)]
    [InlineData(5, 3, false)]
    [InlineData(5, 1, true)]
    [InlineData(100, 85, false)]
    public void A_small_move_in_the_order_is_not_worth_a_word(int told, int now, bool isWorth)
    {
        RankBand.IsWorthTelling(told, now).ShouldBe(isWorth);
        RankBand.IsWorthTelling(now, told).ShouldBe(isWorth);
    }

    [Fact]
    public void Only_what_others_rest_on_is_a_factor()
    {
        var item = An.Item(1) with { Priority = "P2", UpdatedAt = An.Instant };

        Factors.Differ(item, item with { Title = "Another", Body = "Text", UpdatedAt = An.Instant.AddDays(1), Assignees = [new Person("ada")] }).ShouldBeFalse();
        Factors.Differ(item, item with { Priority = "P1" }).ShouldBeTrue();
        Factors.Differ(item, item with { Links = [new WorkItemLink(LinkKind.Blocks, An.Ref(2))] }).ShouldBeTrue();
        Factors.Differ(item, item with { History = item.History with { Reactions = new Reactions(3) } }).ShouldBeTrue();
        RippleStamp.TryParse(new RippleStamp(An.Ref(1), "abc").ToString()).ShouldBe(new RippleStamp(An.Ref(1), "abc"));
        RippleStamp.TryParse("0123456789abcdef").ShouldBeNull();
    }

    private static string? Move(WorkItem item)
    {
        var context = An.Context(item) with { Settings = new TriageSettings { Statuses = new StatusSettings { Rules = Rules } } };
        return new StatusStep().Examine(item, context).Proposals.Select(p => p.Change).OfType<MoveTo>().SingleOrDefault()?.Status;
    }

    private static WorkSign Sign(WorkSignKind kind, int day, string source = "pr") => new(kind, An.Instant.AddDays(day), source);

    private static WorkItemHistory Moved(int day) => new() { IsKnown = true, Events = [new HistoryEvent("moved", An.Instant.AddDays(day), new Person("ada"), "Blocked")] };

    private static WorkItemHistory Said(string text) => new() { IsKnown = true, Comments = [new WorkItemComment(new Person("ada"), An.Instant, text)] };

    private static IEnumerable<WorkSign[]> Permutations(WorkSign[] of) =>
        of.Length <= 1 ? [of] : of.SelectMany((first, i) => Permutations([.. of.Where((_, at) => at != i)]).Select(rest => (WorkSign[])[first, .. rest]));
}
