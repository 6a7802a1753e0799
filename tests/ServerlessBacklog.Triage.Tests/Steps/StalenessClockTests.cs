using CsCheck;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

/// <summary>Properties of the stale clock over invented histories (FEATURES §2, pains 6 to 8).</summary>
public sealed class StalenessClockTests
{
    private static readonly Person[] People = [new("rita"), new("mika"), new("nils")];
    private static readonly Person Bot = Person.FromLogin("sweeper[bot]");

    private static readonly Gen<WorkItem> Items =
        from age in Gen.Int[1, 1500]
        from known in Gen.Bool
        from updated in Gen.Int[0, 1500]
        from comments in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1500], Any("Could you test again?", "Thanks, noted.")).Array[0, 4]
        from priority in Any(null, "P1", "P2", "P5")
        from label in Any("", "needs-info", "bug", "stale")
        from title in Any("Typo in the about box", "Export fails")
        select An.Item(1, title!) with
        {
            CreatedAt = An.Instant.AddDays(-age),
            UpdatedAt = updated > age ? null : An.Instant.AddDays(-updated),
            Reporter = People[0],
            Priority = priority,
            Labels = label!.Length == 0 ? [] : [new(label)],
            History = new WorkItemHistory
            {
                IsKnown = known,
                Comments = known ? [.. comments.Select(c => new WorkItemComment(People[c.Item1], An.Instant.AddDays(-Math.Min(c.Item2, age)), c.Item3!))] : [],
            },
        };

    [Fact]
    public void Edits_of_bots_never_move_the_clock() => Gen.Select(Items, Gen.Int[0, 400]).Sample((item, daysAgo) =>
    {
        var known = item with { History = item.History with { IsKnown = true } };
        var touched = known with
        {
            UpdatedAt = An.Instant.AddDays(-daysAgo),
            History = known.History with
            {
                Comments = [.. known.History.Comments, new WorkItemComment(Bot, An.Instant.AddDays(-daysAgo), "Is this still relevant?")],
                Events = [.. known.History.Events, new HistoryEvent("renamed", An.Instant.AddDays(-daysAgo), Bot)],
            },
        };

        var (before, after) = (Examine(known, An.Instant), Examine(touched, An.Instant));

        after.Score.ShouldBe(before.Score);
        after.Reason.ShouldBe(before.Reason);
        after.Due.ShouldBe(before.Due);
    });

    [Fact]
    public void Exempt_items_get_no_proposal_however_long_they_are_silent() => Gen.Select(Items, Gen.Int[0, 6], Gen.Int[0, 5000]).Sample((item, exemption, later) =>
    {
        var spared = exemption switch
        {
            0 => item with { Assignees = [People[1]] },
            1 => item with { Milestone = "1.0" },
            2 => item with { Labels = [.. item.Labels, new("Status: Keep-Open")] },
            3 => item with { History = item.History with { Reactions = new Reactions(ThumbsUp: 10) } },
            4 => item with { Body = "This is a security hole." },
            5 => item with { State = WorkItemState.Started },
            _ => item with { Severity = "blocker" },
        };

        var finding = Examine(spared, An.Instant.AddDays(later));

        finding.Proposals.ShouldBeEmpty();
        finding.EvidenceOf(EvidenceKind.Exempt).ShouldNotBeEmpty();
    });

    [Fact]
    public void Due_is_the_first_moment_at_which_the_finding_differs() => Items.Sample(item =>
    {
        var finding = Examine(item, An.Instant);
        if (finding.Due is not { } due)
            return;

        var (before, at) = (Examine(item, due.AddDays(-1) < An.Instant ? An.Instant : due.AddDays(-1)), Examine(item, due));

        due.ShouldBeGreaterThan(An.Instant);
        Meaning(before).ShouldBe(Meaning(finding));
        Meaning(at).ShouldNotBe(Meaning(finding));
    });

    [Fact]
    public void Closing_is_never_proposed_for_an_item_that_the_team_neglected() => Gen.Select(Items, Gen.Int[0, 5000]).Sample((item, later) =>
    {
        var neglected = item with { Labels = [], Priority = null, History = new WorkItemHistory { IsKnown = true } };

        Examine(neglected, An.Instant.AddDays(later)).Proposals.ShouldBeEmpty();
    });

    private static Gen<string?> Any(params string?[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <summary>What a finding says, apart from the running number of days.</summary>
    private static (FindingStatus, string, int) Meaning(Finding finding) => (finding.Status, finding.Reason, finding.Proposals.Count);

    private static Finding Examine(WorkItem item, DateTimeOffset now) =>
        new StalenessStep().Examine(item, An.Context(item) with { Now = now });
}
