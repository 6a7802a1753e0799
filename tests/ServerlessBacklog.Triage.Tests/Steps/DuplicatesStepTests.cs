using CsCheck;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public class DuplicatesStepTests
{
    private const string Title = "Compose window crashes when a large attachment is saved";
    private const string Body = "Attach a file of 40 MB with Error 1234, press save: attachment.dll crashes with NullPointerException in version 2.53.10";

    [Fact]
    public void The_canonical_item_is_named_with_two_shared_facts_and_more()
    {
        var finding = Examine(2, Report(1), Report(2));

        finding.Status.ShouldBe(FindingStatus.Decided);
        finding.EvidenceOf(EvidenceKind.Duplicate).ShouldHaveSingleItem().Item.ShouldBe(An.Ref(1));
        finding.EvidenceOf(EvidenceKind.Shared).Count().ShouldBeGreaterThanOrEqualTo(2);
        finding.Reason.ShouldContain("duplicate of 1");
    }

    [Fact]
    public void A_duplicate_of_an_open_item_is_linked_and_proposed_for_closing()
    {
        var finding = Examine(2, Report(1), Report(2));

        finding.Proposals.Select(p => p.Change).Where(c => c is not Consolidate).ShouldBe(
            [new AddLink(LinkKind.DuplicateOf, An.Ref(1)), new Close(CloseReason.Duplicate, An.Ref(1))]);
    }

    [Fact]
    public void What_a_duplicate_adds_is_gathered_beside_those_that_were_merged_before()
    {
        var merged = Linked(An.Item(3, "Merged earlier", "On Ubuntu"), 1) with { State = WorkItemState.Closed };

        var gathered = Examine(2, Report(1), Report(2) with { Body = $"{Body} on Windows 11" }, merged).Proposals.Select(p => p.Change).OfType<Consolidate>().ShouldHaveSingleItem();

        gathered.Canonical.ShouldBe(An.Ref(1));
        gathered.Markdown.ShouldContain("#2");
        gathered.Markdown.ShouldContain("#3");
        gathered.Markdown.ShouldContain("windows 11 (#2)");
        gathered.Before.ShouldNotBeNull().ShouldNotContain("#2");
    }

    [Fact]
    public void Closing_a_duplicate_always_ends_in_asking()
    {
        var policy = new DecisionPolicy { Fallback = new StepPolicy(Autonomy.Auto, ApplyAt: 0, AskAt: 0) };

        var decision = policy.Decide(An.Ref(2), "hash", [Examine(2, Report(1), Report(2))], An.Instant);

        decision.Changes.Single(c => c.Change is Close).Verdict.ShouldBe(Verdict.Ask);
        decision.Changes.Single(c => c.Change is AddLink).Verdict.ShouldBe(Verdict.Apply);
    }

    [Fact]
    public void A_report_like_a_fixed_one_is_a_possible_regression_and_never_closed()
    {
        var finding = Examine(2, Report(1) with { State = WorkItemState.Closed, Resolution = "FIXED" }, Report(2));

        finding.Reason.ShouldContain("possible regression");
        finding.Proposals.Select(p => p.Change.GetType()).ShouldBe([typeof(AddLink), typeof(AddComment)]);
        finding.Proposals.Select(p => p.Change).OfType<AddLink>().Single().Kind.ShouldBe(LinkKind.RelatedTo);
    }

    [Fact]
    public void A_report_like_a_declined_one_is_linked_with_the_reason_and_never_closed()
    {
        var finding = Examine(2, Report(1) with { State = WorkItemState.Closed, Resolution = "WONTFIX" }, Report(2));

        finding.Reason.ShouldContain("declined (WONTFIX)");
        finding.Proposals.ShouldHaveSingleItem().Change.ShouldBe(new AddLink(LinkKind.RelatedTo, An.Ref(1)));
    }

    [Fact]
    public void An_open_item_that_the_tracker_links_already_is_asked_to_be_closed_and_not_linked_again()
    {
        var finding = Examine(2, An.Item(1, "PDF of statements"), Linked(An.Item(2, "Statements as PDF"), 1));

        finding.EvidenceOf(EvidenceKind.Duplicate).ShouldHaveSingleItem().Item.ShouldBe(An.Ref(1));
        finding.Proposals.Select(p => p.Change).Where(c => c is not Consolidate).ShouldBe([new Close(CloseReason.Duplicate, An.Ref(1))]);
    }

    [Fact]
    public void An_item_that_the_tracker_links_to_a_closed_or_unknown_one_is_never_asked_to_be_closed()
    {
        Examine(2, An.Item(1) with { State = WorkItemState.Closed, Resolution = "fixed" }, Linked(An.Item(2), 1)).Proposals.ShouldBeEmpty();
        Examine(2, Linked(An.Item(2), 99)).Status.ShouldBe(FindingStatus.NothingToSay);
    }

    [Fact]
    public void A_pull_request_is_no_duplicate_and_no_canonical_item()
    {
        Examine(2, Report(1), Report(2) with { Kind = WorkItemKind.PullRequest }).Status.ShouldBe(FindingStatus.NothingToSay);
        Examine(2, Report(1) with { Kind = WorkItemKind.PullRequest }, Report(2)).Status.ShouldBe(FindingStatus.NothingToSay);
    }

    [Fact]
    public void The_root_of_a_chain_of_four_is_the_canonical_item()
    {
        var chain = new[] { An.Item(1, "Saving fails"), Linked(An.Item(2, "Mail does not save"), 1), Linked(An.Item(3, "Attachment trouble"), 2), Linked(Report(4), 3) };

        var finding = Examine(5, [.. chain, Report(5)]);

        var evidence = finding.EvidenceOf(EvidenceKind.Duplicate).ShouldHaveSingleItem();
        evidence.Item.ShouldBe(An.Ref(1));
        evidence.Text.ShouldEndWith("(through its duplicate 4)");
    }

    [Fact]
    public void Of_two_items_that_name_each_other_the_older_is_the_canonical_one() =>
        Examine(3, Linked(Report(1), 2), Linked(Report(2), 1), Report(3))
            .EvidenceOf(EvidenceKind.Duplicate).ShouldHaveSingleItem().Item.ShouldBe(An.Ref(1));

    [Fact]
    public void A_suspected_duplicate_is_no_canonical_item_for_the_next_one()
    {
        WorkItem[] items =
        [
            An.Item(1, Title, "Attach a file of 40 MB, press save"),
            An.Item(2, Title, Body),
            An.Item(3, Title, Body + " on Linux"),
        ];

        Examine(2, items).EvidenceOf(EvidenceKind.Duplicate).ShouldHaveSingleItem().Item.ShouldBe(An.Ref(1));
        Examine(3, items).EvidenceOf(EvidenceKind.Duplicate).ShouldHaveSingleItem().Item.ShouldBe(An.Ref(1));
    }

    [Fact]
    public void The_item_to_keep_lists_those_that_repeat_it_and_proposes_nothing()
    {
        var finding = Examine(1, Report(1), Report(2), Report(3));

        finding.EvidenceOf(EvidenceKind.Member).Select(e => e.Item).ShouldBe([An.Ref(2), An.Ref(3)], ignoreOrder: true);
        finding.Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void Titles_that_name_different_sites_are_no_duplicates()
    {
        var others = Enumerable.Range(3, 40).Select(i => An.Item(i, $"Something about part{i} of the window, CSS is fine"));

        var finding = Examine(2, [An.Item(1, "www.a.de - CSS is broken"), An.Item(2, "www.b.de - CSS is broken"), .. others]);

        finding.EvidenceOf(EvidenceKind.Duplicate).ShouldBeEmpty();
        finding.Proposals.ShouldBeEmpty();
    }

    [Fact]
    public void An_item_that_the_snapshot_lacks_is_not_judged_yet() =>
        new DuplicatesStep().Examine(Report(9), An.Context(Report(1))).Status.ShouldBe(FindingStatus.NotYet);

    [Fact]
    public void A_lonely_item_is_like_nothing() => Examine(1, Report(1)).Status.ShouldBe(FindingStatus.NothingToSay);

    [Fact]
    public void No_verdict_is_wrong_in_kind() => Backlogs.Sample(items =>
    {
        var context = An.Context(items);
        var step = new DuplicatesStep();
        var findings = items.ToDictionary(i => i.Ref, i => step.Examine(i, context));
        foreach (var item in items)
        {
            var finding = findings[item.Ref];
            finding.EvidenceOf(EvidenceKind.Related).Count().ShouldBeLessThanOrEqualTo(3);
            finding.Proposals.Select(p => p.Change).OfType<Close>().ShouldAllBe(c => c.Reason == CloseReason.Duplicate && c.NeedsPerson);
            if (finding.EvidenceOf(EvidenceKind.Duplicate).FirstOrDefault() is not { } verdict)
            {
                finding.Proposals.ShouldBeEmpty();
                continue;
            }

            var canonical = context.Backlog.Find(verdict.Item!).ShouldNotBeNull();
            canonical.Item.Ref.ShouldNotBe(item.Ref);
            canonical.Item.Kind.ShouldBe(WorkItemKind.Item);
            if (item.Linked(LinkKind.DuplicateOf).Any())
            {
                // What people linked is taken at their word: its root, whatever words say.
                canonical.Item.Ref.ShouldBe(CanonicalItem.Of(context.Backlog.Find(item.Ref)!, context.Backlog)!.Item.Ref);
                continue;
            }

            ItemAge.IsOlder(canonical.Item, item).ShouldBeTrue();
            CanonicalItem.Of(canonical, context.Backlog)!.Item.Ref.ShouldBe(canonical.Item.Ref);
            findings[canonical.Item.Ref].EvidenceOf(EvidenceKind.Duplicate).Where(_ => canonical.Item.IsOpen).ShouldBeEmpty("a chain of verdicts");
            finding.EvidenceOf(EvidenceKind.Shared).Count().ShouldBeGreaterThanOrEqualTo(2);
            finding.EvidenceOf(EvidenceKind.Related).ShouldNotContain(e => e.Item == verdict.Item || e.Item == item.Ref);
            finding.Proposals.Any(p => p.Change is Close).ShouldBe(canonical.Item.IsOpen);
        }
    }, iter: 150);

    /// <summary>Backlogs of near copies: random words of one small vocabulary, random links, states and kinds.</summary>
    private static Gen<WorkItem[]> Backlogs
    {
        get
        {
            var word = Gen.OneOf("compose", "crash", "save", "attachment", "window", "large", "print", "toolbar", "2.53", "www.a.de", "www.b.de");
            var text = word.Array[2, 6].Select(w => string.Join(' ', w));
            return Gen.Select(text, text, Gen.Int[0, 14], Gen.Int[0, 9], Gen.Int[0, 3]).Array[2, 14].Select(rows => rows.Select((r, i) =>
            {
                var (title, body, link, fate, twin) = r;
                var source = twin == 0 ? rows[0] : r;
                var item = An.Item(i + 1, source.Item1, source.Item2) with
                {
                    CreatedAt = fate == 9 ? null : An.Instant.AddDays(-20 + (i * 7 % 15)),
                    State = fate <= 1 ? WorkItemState.Closed : WorkItemState.Open,
                    Resolution = fate == 0 ? "FIXED" : fate == 1 ? "WONTFIX" : null,
                    Kind = fate == 2 ? WorkItemKind.PullRequest : WorkItemKind.Item,
                };
                return link is > 0 and <= 5 && link != i + 1 ? Linked(item, link) : item;
            }).ToArray());
        }
    }

    private static WorkItem Report(int number) => An.Item(number, Title, Body);

    private static WorkItem Linked(WorkItem item, int target) => item with { Links = [new WorkItemLink(LinkKind.DuplicateOf, An.Ref(target))] };

    /// <summary>Unrelated items, so that words have a rarity.</summary>
    private static IEnumerable<WorkItem> Others() =>
        new[] { "dark theme", "toolbar icons", "printing margins", "translation of help", "spell check", "search folders", "proxy settings", "bookmark import" }
            .Select((title, i) => An.Item(100 + i, title, $"Something about {title} and nothing else"));

    private static Finding Examine(int number, params WorkItem[] items)
    {
        WorkItem[] all = [.. items, .. Others()];
        return new DuplicatesStep().Examine(all.First(i => i.Ref == An.Ref(number)), An.Context(all));
    }
}
