using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public sealed class StalenessStepTests
{
    private static readonly Person Reporter = new("rita");
    private static readonly Person Maintainer = new("mika");
    private static readonly Person Bot = Person.FromLogin("sweeper[bot]");

    [Fact]
    public void Sixty_days_of_silence_on_a_question_to_the_reporter_is_stale()
    {
        var finding = Examine(Asked(daysAgo: 60));

        finding.Status.ShouldBe(FindingStatus.Decided);
        finding.Score.ShouldBe(60);
        finding.Reason.ShouldStartWith("Stale: waits on the reporter");
        finding.Proposals.Select(p => p.Change.Slot).ShouldBe(["label:stale", "comment"]);
    }

    [Fact]
    public void Fifty_nine_days_of_silence_are_due_tomorrow()
    {
        var finding = Examine(Asked(daysAgo: 59));

        finding.Status.ShouldBe(FindingStatus.NothingToSay);
        finding.Due.ShouldBe(An.Instant.AddDays(1));
    }

    [Fact]
    public void An_unedited_item_is_found_stale_after_sixty_one_days_because_the_clock_alone_makes_it_due()
    {
        var item = Asked(daysAgo: 0);
        var first = Examine(item);

        var second = Examine(item, An.Instant.AddDays(61));

        first.Due.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(An.Instant.AddDays(61));
        second.Reason.ShouldStartWith("Stale");
    }

    [Fact]
    public void A_label_that_asks_the_reporter_leads_to_a_reminder_after_a_week_and_to_a_proposal_two_weeks_after_it()
    {
        var item = Old(100) with
        {
            Labels = [new("needs-info")],
            History = History(new WorkItemComment(Maintainer, Ago(7), "Which version?")),
        };

        Examine(item, An.Instant.AddDays(-1)).Proposals.ShouldBeEmpty();
        Examine(item).Proposals.ShouldHaveSingleItem().Change.ShouldBeOfType<GiveNotice>().Name.ShouldBe("needs-info");
        var reminded = item with { History = item.History with { Comments = [.. item.History.Comments, new WorkItemComment(Bot, An.Instant, "A question is still open") { IsOurs = true }] } };
        Examine(reminded, An.Instant.AddDays(13)).Proposals.ShouldBeEmpty();
        Examine(reminded, An.Instant.AddDays(14)).Proposals.ShouldHaveSingleItem().Change.ShouldBe(new Close(CloseReason.NotPlanned));
    }

    [Fact]
    public void A_reporter_who_answers_is_not_reminded_and_bots_do_not_move_the_clock()
    {
        var item = Old(100) with { Labels = [new("needs-info")], History = History(new WorkItemComment(Maintainer, Ago(30), "Which version?")) };
        var answered = item with
        {
            History = History(new WorkItemComment(Maintainer, Ago(30), "Which version?"), new WorkItemComment(Reporter, Ago(29), "2.1")) with
            {
                Events = [new HistoryEvent("labeled", Ago(30), Maintainer, "needs-info")],
            },
        };
        var noisy = item with { History = History(new WorkItemComment(Maintainer, Ago(30), "Which version?"), new WorkItemComment(Bot, Ago(1), "Build passed")) };

        Examine(answered).Proposals.ShouldBeEmpty();
        Examine(noisy).Proposals.ShouldHaveSingleItem().Change.ShouldBeOfType<GiveNotice>();
    }

    [Fact]
    public void An_item_that_waits_on_the_team_is_never_stale()
    {
        var item = Asked(daysAgo: 300) with { Reporter = Maintainer };

        Examine(item).Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void A_reporter_who_asks_for_news_does_not_wait_on_themselves()
    {
        var item = Old(200) with
        {
            Labels = [new("bug")],
            History = History(new WorkItemComment(Maintainer, Ago(150), "Can you attach a log?"), new WorkItemComment(Reporter, Ago(140), "Done. Any update?")),
        };

        var finding = Examine(item);

        finding.Proposals.ShouldBeEmpty();
        finding.Reason.ShouldStartWith("Not silent for long enough");
    }

    [Fact]
    public void An_item_that_nobody_of_the_team_touched_needs_triage_and_is_never_proposed_for_closing()
    {
        var item = Old(3000) with { Title = "Typo in the about box", History = History() };

        var finding = Examine(item);

        finding.Reason.ShouldStartWith("Needs triage");
        finding.Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void A_critical_item_is_looked_at_again_after_thirty_days_and_a_usual_one_after_a_year()
    {
        var critical = Old(31) with { Priority = "P1", Labels = [new("bug")], History = History() };
        var usual = critical with { Priority = "P3" };

        Examine(critical).Reason.ShouldStartWith("Look again");
        Examine(usual).Status.ShouldBe(FindingStatus.NothingToSay);
    }

    [Fact]
    public void An_old_updated_at_proves_silence_and_a_recent_one_proves_nothing()
    {
        var item = Old(500) with { Labels = [new("needs-info")], UpdatedAt = Ago(100) };

        Examine(item).Reason.ShouldStartWith("Stale");
        Examine(item with { UpdatedAt = Ago(5) }).Status.ShouldBe(FindingStatus.NotYet);
    }

    [Fact]
    public void Where_only_the_age_is_known_an_old_item_is_named_without_proposals()
    {
        var finding = Examine(Old(365));

        finding.Status.ShouldBe(FindingStatus.Decided);
        finding.Confidence.Value.ShouldBeInRange(0.6, 0.85);
        finding.Reason.ShouldContain("the source has no activity dates");
        finding.Proposals.ShouldBeEmpty();
        Examine(Old(364)).Status.ShouldBe(FindingStatus.NotYet);
    }

    [Fact]
    public void An_item_without_any_date_is_not_judged() =>
        Examine(An.Item(1) with { CreatedAt = null }).Status.ShouldBe(FindingStatus.NotYet);

    [Fact]
    public void Closing_is_proposed_only_when_label_and_comment_of_the_notice_are_older_than_the_wait()
    {
        var asked = Asked(daysAgo: 90);
        var labelled = asked with
        {
            Labels = [new("bug"), new("stale")],
            History = asked.History with { Events = [new HistoryEvent("labeled", Ago(20), Bot, "stale")] },
        };
        var noticed = labelled with
        {
            History = labelled.History with { Comments = [.. labelled.History.Comments, new WorkItemComment(Bot, Ago(14), "Waiting for you.")] },
        };

        Examine(labelled).Proposals.ShouldBeEmpty();
        Examine(noticed).Proposals.ShouldHaveSingleItem().Change.ShouldBe(new Close(CloseReason.NotPlanned));
        Examine(noticed, An.Instant.AddDays(-1)).Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void An_old_cosmetic_item_of_lowest_priority_without_demand_is_an_archive_candidate()
    {
        var item = Old(800) with { Title = "Typo in the about box", Priority = "P5", History = History() };

        var finding = Examine(item);

        finding.EvidenceOf(EvidenceKind.LowValue).Count().ShouldBeGreaterThanOrEqualTo(3);
        finding.Proposals.ShouldHaveSingleItem().Change.NeedsPerson.ShouldBeTrue();
    }

    [Fact]
    public void A_duplicate_elsewhere_is_demand_that_takes_a_sign_away()
    {
        var item = Old(800) with { Title = "Misaligned button", Body = "See title", UpdatedAt = Ago(10), History = new WorkItemHistory { CommentCount = 0 } };
        var lowest = item with { Priority = "P5" };
        var duplicate = An.Item(2) with { Links = [new WorkItemLink(LinkKind.DuplicateOf, An.Ref(1))] };

        var alone = new StalenessStep().Examine(lowest, An.Context(lowest)).EvidenceOf(EvidenceKind.LowValue).Count();
        var wanted = new StalenessStep().Examine(lowest, An.Context(lowest, duplicate)).EvidenceOf(EvidenceKind.LowValue).Count();

        alone.ShouldBe(4);
        wanted.ShouldBe(3);
    }

    [Fact]
    public void An_old_unconfirmed_report_of_one_foreign_site_is_an_archive_candidate_for_a_person_to_judge()
    {
        var finding = Examine(SiteReport);

        finding.EvidenceOf(EvidenceKind.LowValue).Select(e => e.Text).ShouldBe(
            ["very old: created 2024-03-23", "nobody confirmed it: 'UNCONFIRMED'", "about one foreign site, example-shop.nl"]);
        finding.Proposals.ShouldHaveSingleItem().Change.NeedsPerson.ShouldBeTrue();
    }

    [Fact]
    public void A_report_that_somebody_confirmed_or_that_is_young_or_reported_twice_is_none()
    {
        Examine(SiteReport with { TrackerState = "NEW" }).Proposals.ShouldBeEmpty();
        Examine(SiteReport with { CreatedAt = Ago(700) }).Proposals.ShouldBeEmpty();
        var again = An.Item(2) with { Links = [new WorkItemLink(LinkKind.DuplicateOf, An.Ref(1))] };
        new StalenessStep().Examine(SiteReport, An.Context(SiteReport, again)).Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void What_an_open_item_waits_for_is_spared_whichever_of_the_two_says_so()
    {
        var waiting = An.Item(2) with { Links = [new WorkItemLink(LinkKind.BlockedBy, An.Ref(1))] };
        var done = waiting with { State = WorkItemState.Closed };

        var spared = new StalenessStep().Examine(SiteReport, An.Context(SiteReport, waiting));

        spared.Proposals.ShouldBeEmpty();
        spared.EvidenceOf(EvidenceKind.Exempt).Select(e => e.Text).ShouldBe(["an open item waits for it"]);
        Examine(SiteReport with { Links = [new WorkItemLink(LinkKind.Blocks, An.Ref(404))] }).Proposals.ShouldBeEmpty();
        new StalenessStep().Examine(SiteReport, An.Context(SiteReport, done)).Proposals.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_a_person_touched_within_half_a_year_is_not_put_away_and_is_due_when_that_is_over()
    {
        var item = Old(800) with { Title = "Typo in the about box", Priority = "P5", History = History(new WorkItemComment(Reporter, Ago(170), "Still there.")) };

        var now = Examine(item);

        now.Proposals.ShouldBeEmpty();
        now.Due.ShouldBe(An.Instant.AddDays(10));
        Examine(item, An.Instant.AddDays(10)).Reason.ShouldStartWith("Archive candidate");
    }

    [Fact]
    public void Closed_items_and_pull_requests_are_left_alone()
    {
        Examine(Asked(100) with { State = WorkItemState.Closed }).Status.ShouldBe(FindingStatus.NothingToSay);
        Examine(Asked(100) with { Kind = WorkItemKind.PullRequest }).Status.ShouldBe(FindingStatus.NothingToSay);
    }

    private static Finding Examine(WorkItem item, DateTimeOffset? now = null) =>
        new StalenessStep().Examine(item, An.Context(item) with { Now = now ?? An.Instant });

    private static WorkItem SiteReport { get; } = Old(800) with
    {
        Title = "www.example-shop.nl - Menu does not work",
        Body = "Steps: https://www.example-shop.nl/ Tested with another browser.",
        TrackerState = "UNCONFIRMED",
    };

    private static WorkItem Old(int days) => An.Item(1) with { CreatedAt = Ago(days), Reporter = Reporter };

    private static WorkItem Asked(int daysAgo) => Old(daysAgo + 10) with
    {
        Labels = [new("bug")],
        History = History(new WorkItemComment(Maintainer, Ago(daysAgo), "Could you attach the log?")),
    };

    private static WorkItemHistory History(params WorkItemComment[] comments) => new() { IsKnown = true, Comments = comments };

    private static DateTimeOffset Ago(int days) => An.Instant.AddDays(-days);
}
