using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Digests;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Triage.Tests.Digests;

public sealed class DigestContentTests
{
    [Fact]
    public void The_manager_reads_where_it_stands_what_will_be_late_who_is_overloaded_and_what_to_change()
    {
        var digest = ManagerDigest.Build(SampleDigests.Rich());

        digest.Sections.Select(s => s.Heading).ShouldBe(
        [
            "Where it stands", "What changed", "Health", "What will be late, and why", "Forecast", "Who carries what", "Risks", "Week by week", "What was decided",
            "What waits for a person", "What we suggest",
        ]);
        Section(digest, "What will be late, and why").Lines[0].ShouldBe("Spring release will be late: 13 items are open, done by 4 Jul 2026 (85 % sure), due 16 Jun 2026.");
        Section(digest, "Health").Lines[0].ShouldBe("The score is 61.4 of 100, 2.9 points higher than in the last digest. What costs most:");
        Section(digest, "Who carries what").Lines[0].ShouldBe("1 person carries more than their capacity.");
        Section(digest, "What was decided").Lines[0].ShouldBe("In the last 7 days we made 23 changes; people said yes to 14 asks and no to 6, and took back 2 changes.");
        Section(digest, "What waits for a person").More.ShouldBe(4);
    }

    [Fact]
    public void Where_nothing_may_be_done_by_a_date_that_is_said_instead_of_zero_or_more()
    {
        var rich = SampleDigests.Rich();
        var delivery = rich.View.Insights.Delivery with { ByDate = [.. rich.View.Insights.Delivery.ByDate.Select(d => d with { P85 = 0, P95 = 0 })] };
        var digest = ManagerDigest.Build(rich with { View = rich.View with { Insights = rich.View.Insights with { Delivery = delivery } } });

        Section(digest, "Forecast").Table.ShouldNotBeNull().Rows[0].Skip(1).ShouldBe(["6 or more", "perhaps none", "perhaps none"]);
        digest.Headlines.ShouldNotContain(h => h.Figure.Label.Contains("or more"));
    }

    [Fact]
    public void Changes_are_told_against_the_digest_before()
    {
        var input = SampleDigests.Rich();

        var table = Section(ManagerDigest.Build(input), "What changed").Table.ShouldNotBeNull();

        table.Rows.Select(r => string.Join(" ", r)).ShouldBe(["Open 52 40 −12", "Closed 18 30 +12", "Likely duplicates 3 4 +1"]);
    }

    [Fact]
    public void The_figures_of_one_digest_are_the_past_of_the_next()
    {
        var first = ManagerDigest.Build(SampleDigests.Rich() with { Past = null });

        var next = ManagerDigest.Build(SampleDigests.Rich(open: 43) with { Past = DigestPast.Of(first) });

        Section(first, "What changed").Lines.ShouldBe(["This is the first digest of this backlog, so there is nothing yet that it could be compared with."]);
        Section(next, "What changed").Table.ShouldNotBeNull().Rows[0].ShouldBe(["Open", "40", "43", "+3"]);
        next.Headlines[0].Change.ShouldBe("3 more");
        next.Headlines[0].Tone.ShouldBe(DigestTone.Worse);
    }

    [Fact]
    public void There_are_at_most_three_suggestions_and_what_changed_over_time_comes_first()
    {
        var lines = Section(ManagerDigest.Build(SampleDigests.Rich()), "What we suggest").Lines;

        lines.Count.ShouldBe(3);
        lines[0].ShouldBe("In the last 4 weeks 46 came and 19 were closed. Close the duplicates first.");
        lines.Skip(1).ShouldAllBe(l => l.Any(char.IsDigit));
    }

    [Fact]
    public void The_team_reads_what_is_new_and_what_to_do_first()
    {
        var digest = TeamDigest.Build(SampleDigests.Rich() with { Past = null });

        Section(digest, "New").Items.Select(i => i.Name).ShouldBe(["#1", "#2"], ignoreOrder: true);
        Section(digest, "Do first").Items.Count.ShouldBe(5);
        Section(digest, "Do first").Items[0].Note.ShouldBe("Waiting 5 days: above a typical item.");
        Section(digest, "Getting old").Items[0].Note.ShouldBe("47 days in progress; 85 % of such work took 19 days or less");
        Section(digest, "May be said twice").Items[0].Note.ShouldBe("may repeat #1, 88 % sure");
    }

    [Fact]
    public void A_person_reads_of_nobody_else()
    {
        var digest = PersonalDigest.Build(SampleDigests.Personal());

        digest.Sections.Single().Items.Count.ShouldBe(3);
        DigestTexts.Of(digest, withItems: true).ShouldAllBe(t => !t.Contains("bob", StringComparison.Ordinal));
        digest.Headlines.Single().Figure.Value.ShouldBe(13);
    }

    [Fact]
    public void Whoever_is_away_is_proposed_nothing()
    {
        var digest = PersonalDigest.Build(SampleDigests.Personal() with { Next = [], WhyNoNext = "You are marked as away: nothing is proposed to you." });

        digest.Sections.Single().Lines.ShouldBe(["You are marked as away: nothing is proposed to you."]);
    }

    [Fact]
    public void An_empty_backlog_says_so_and_invents_nothing()
    {
        foreach (var digest in new[] { ManagerDigest.Build(SampleDigests.Bare()), TeamDigest.Build(SampleDigests.Bare()) })
        {
            DigestTexts.Of(digest, withItems: false).SelectMany(t => DigestTexts.Unknown(digest, t)).ShouldBeEmpty();
            digest.Figures.Where(f => f.Query is not "asOf" and not "new.since" and not "flow.periods").ShouldAllBe(f => f.Value == 0 || f.Query.EndsWith(".most", StringComparison.Ordinal), string.Join(", ", digest.Figures));
            digest.Sections.ShouldAllBe(s => s.Lines.Count > 0 && s.Items.Count == 0);
        }

        Section(ManagerDigest.Build(SampleDigests.Bare()), "Where it stands").Lines[0].ShouldBe("No items were read, so there is nothing to say yet.");
    }

    [Fact]
    public void One_item_of_two_days_is_told_without_a_trend()
    {
        var input = SampleDigests.Bare(An.Item(1, "The only one") with { CreatedAt = An.Instant.AddDays(-2) });

        var standing = Section(ManagerDigest.Build(input), "Where it stands");

        standing.Lines[0].ShouldBe("1 open item, 1 read.");
        standing.Lines[^1].ShouldStartWith("The history is too short for a trend");
        standing.Chart.ShouldBeNull();
        Section(ManagerDigest.Build(input), "Health").Lines.ShouldBe(["Nothing was worked out yet."]);
    }

    [Fact]
    public void An_item_of_another_project_is_named_with_it()
    {
        var input = SampleDigests.Bare(An.Item(1) with { CreatedAt = An.Instant.AddHours(-1) }, An.Item(2) with { Ref = new("github", "owner/other", "2") });

        Section(TeamDigest.Build(input), "New").Items.Single().Name.ShouldBe("owner/repo#1");
    }

    private static DigestSection Section(Digest digest, string heading) => digest.Sections.Single(s => s.Heading == heading);
}
