using CsCheck;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public sealed class AssignmentStepTests
{
    private static readonly string[] Logins = ["ada", "bob", "cleo"];
    private static readonly string[] Topics = ["database migration schema", "login form button", "printer paper tray"];

    [Fact]
    public void The_person_who_did_similar_work_is_proposed_with_the_parts_of_the_score()
    {
        var finding = Examine(An.Item("new", "Database schema migration fails"), History());

        finding.Proposals.ShouldHaveSingleItem().Change.ShouldBe(new Assign(new Person("ada")));
        finding.Confidence.Value.ShouldBeGreaterThanOrEqualTo(AssignmentStep.Floor);
        finding.EvidenceOf(EvidenceKind.Candidate).First().Text.ShouldStartWith("ada: skill 0.");
    }

    [Fact]
    public void A_guess_that_is_seldom_right_leaves_the_item_in_the_unassigned_pool()
    {
        var random = new Random(7);
        var history = Enumerable.Range(0, 120).Select(i => Done(i, Topics[random.Next(3)], Logins[random.Next(3)])).ToList();

        var finding = Examine(An.Item("new", "Colours of the logo"), history);

        finding.Proposals.ShouldBeEmpty();
        finding.Reason.ShouldStartWith("Leave it in the unassigned pool");
    }

    [Fact]
    public void Nobody_away_inactive_full_or_taken_off_by_a_person_is_ever_named() =>
        Gen.Select(Gen.Int[0, 4].Array[3], Gen.Int[0, 2], Gen.Int[0, 12]).Sample((fates, topic, open) =>
        {
            var history = History().Concat(Enumerable.Range(0, open).Select(i => An.Item($"open{i}", "Something else") with { Assignees = [new("ada")] })).ToList();
            var item = An.Item("new", Topics[topic]) with
            {
                History = new WorkItemHistory
                {
                    IsKnown = true,
                    Events = [.. With(fates, 1).Select(p => new HistoryEvent("unassigned", An.Instant, new Person("lead"), p))],
                },
            };
            var inactive = With(fates, 2);
            var backlog = history.Select(h => h.Assignees.Any(a => inactive.Contains(a.Login)) && !h.IsOpen ? h with { CreatedAt = Long, ClosedAt = Long } : h)
                .Append(An.Item("recent") with { State = WorkItemState.Closed, ClosedAt = An.Instant, Assignees = [new("dora")] });
            var people = new PeopleSettings { Away = With(fates, 3), CapacityOf = With(fates, 4).ToDictionary(p => p.ToUpperInvariant(), _ => 0) };

            var finding = Examine(item, backlog, people);

            var barred = Logins.Where((p, i) => fates[i] is 1 or 3 or 4 || (fates[i] == 2 && !(p == "ada" && open > 0))).ToList();
            if (open >= people.Capacity)
                barred.Add("ada");
            finding.EvidenceOf(EvidenceKind.Candidate).Select(e => e.Text.Split(':')[0]).ShouldNotContain(p => barred.Contains(p));
            finding.Proposals.Select(p => ((Assign)p.Change).Person.Login).ShouldNotContain(p => barred.Contains(p));
        });

    [Fact]
    public void Equals_take_turns_over_many_items_and_one_item_always_gets_the_same_answer()
    {
        var history = Enumerable.Range(0, 40).Select(i => Done(i, "same words", Logins[i * i * 7 % 31 % 2])).ToList();
        var backlog = BacklogSnapshot.Build(history);

        string First(int i) => new AssignmentStep()
            .Examine(An.Item($"n{i}", "unrelated"), An.Context() with { Backlog = backlog })
            .EvidenceOf(EvidenceKind.Candidate).First().Text.Split(':')[0];

        var firsts = Enumerable.Range(0, 200).Select(First).ToList();

        firsts.Count(p => p == "ada").ShouldBeInRange(60, 140);
        Enumerable.Range(0, 200).Select(First).ShouldBe(firsts);
    }

    [Fact]
    public void A_backlog_without_assignees_says_so() =>
        Examine(An.Item("new"), [An.Item(1)]).ShouldSatisfyAllConditions(
            f => f.Status.ShouldBe(FindingStatus.NotYet),
            f => f.Reason.ShouldBe("No item of the backlog names an assignee, so nobody's skills are known."));

    [Fact]
    public void Too_few_assigned_items_are_named() =>
        Examine(An.Item("new"), History().Take(19)).Reason.ShouldBe("19 items of the backlog have an assignee; a proposal needs 20.");

    [Fact]
    public void An_item_with_an_assignee_is_left_to_them() =>
        Examine(An.Item("new") with { Assignees = [new("bob")] }, History()).Status.ShouldBe(FindingStatus.NothingToSay);

    [Fact]
    public void In_a_backlog_of_two_trackers_only_somebody_known_in_the_items_tracker_is_proposed()
    {
        var finding = OfTwoTrackers(PeopleDirectory.Empty);

        finding.Proposals.ShouldBeEmpty();
        finding.EvidenceOf(EvidenceKind.Candidate).ShouldBeEmpty();
        finding.EvidenceOf(EvidenceKind.Note).First().Text.ShouldBe(
            "ada would fit, and nothing says who that is in azuredevops: add them with 'backlog people import'.");
    }

    [Fact]
    public void The_directory_says_under_what_name_somebody_is_proposed_elsewhere()
    {
        var finding = OfTwoTrackers(new PeopleDirectory([new PersonRecord("Ada Lovelace") { GitHub = "ADA", AzureDevOps = "ada@contoso.com" }]));

        finding.Proposals.ShouldHaveSingleItem().Change.ShouldBe(new Assign(new Person("ada@contoso.com")));
        finding.EvidenceOf(EvidenceKind.Candidate).First().Text.ShouldStartWith("Ada Lovelace: skill 0.");
    }

    [Fact]
    public void What_somebody_carries_counts_over_all_their_identities()
    {
        var ada = new PeopleDirectory([new PersonRecord("Ada Lovelace") { GitHub = "ada", AzureDevOps = "ada@contoso.com", Slack = "U1" }]);
        var carried = Enumerable.Range(0, 4).Select(i => Elsewhere($"open{i}", "Something else") with { Assignees = [new("ada@contoso.com")] }).ToList();

        OfTwoTrackers(ada, carried).EvidenceOf(EvidenceKind.Candidate).First().Text.ShouldContain("(4 of 10 open)");
        OfTwoTrackers(ada, carried, new PeopleSettings { Away = ["u1"] }).Proposals.ShouldBeEmpty();
        OfTwoTrackers(ada, carried, new PeopleSettings { CapacityOf = new Dictionary<string, int> { ["Ada"] = 4 } }).Proposals.ShouldBeEmpty();
    }

    /// <summary>An item of Azure DevOps beside a history of GitHub.</summary>
    private static Finding OfTwoTrackers(PeopleDirectory people, IEnumerable<WorkItem>? more = null, PeopleSettings? settings = null)
    {
        var item = Elsewhere("new", "Database schema migration fails");
        var backlog = BacklogSnapshot.Build([.. History(), .. more ?? [], item]).With(people);
        return new AssignmentStep().Examine(
            item, An.Context() with { Backlog = backlog, Settings = new TriageSettings { People = settings ?? new PeopleSettings() } });
    }

    private static WorkItem Elsewhere(string number, string title) => An.Item(number, title) with { Ref = new("azuredevops", "org/project", number) };

    private static DateTimeOffset Long => An.Instant.AddDays(-1000);

    private static List<WorkItem> History() => [.. Enumerable.Range(0, 60).Select(i => Done(i, Topics[i % 3], Logins[i % 3]))];

    private static WorkItem Done(int i, string title, string login) => An.Item(i, title) with
    {
        State = WorkItemState.Closed,
        CreatedAt = An.Instant.AddDays(-100 + i),
        ClosedAt = An.Instant.AddDays(-50),
        Assignees = [new(login)],
    };

    private static List<string> With(int[] fates, int fate) => [.. Logins.Where((_, i) => fates[i] == fate)];

    private static Finding Examine(WorkItem item, IEnumerable<WorkItem> backlog, PeopleSettings? people = null) =>
        new AssignmentStep().Examine(item, An.Context(backlog.Append(item)) with { Settings = new TriageSettings { People = people ?? new PeopleSettings() } });
}
