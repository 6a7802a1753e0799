using System.Runtime.CompilerServices;
using ServerlessBacklog.Adapters.Tests.Advice;
using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Evaluation;
using ServerlessBacklog.Triage.Evaluation.CaseStudy;
using ServerlessBacklog.Triage.Evaluation.Models;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Evaluation;

/// <summary>The backlog of <c>tests/fixtures/case-study</c>: what the steps make of it, beside what others claimed (FEATURES G3, G4).</summary>
public sealed class CaseStudyTests
{
    private static readonly IProgress<string> Silent = new Progress<string>();

    /// <summary>Takes seconds: measured once for all tests that read it.</summary>
    private static readonly Lazy<Task<EvaluationResult>> ByRules = new(async () => await MeasureAsync(await FixtureAsync()));

    [Fact]
    public async Task The_labels_are_those_of_the_rubric()
    {
        var items = await FixtureAsync();

        items.Count.ShouldBe(372);
        items.Count(i => i.IsHeldOut).ShouldBe(125);
        Count(items, i => i.Vague == true).ShouldBe((30, 16));
        Count(items, i => i.LowValue == true).ShouldBe((41, 12));
        items.Count(i => i.Protected is not null).ShouldBe(59);
        items.ShouldNotContain(i => i.LowValue == true && i.Protected != null);
    }

    [Fact]
    public async Task More_than_a_quarter_of_what_is_low_in_value_is_proposed_for_the_archive_and_nothing_that_is_protected()
    {
        var result = await ByRules.Value;

        foreach (var part in new[] { result.Projects["developed on"], result.Projects["held out"], result.Pooled })
        {
            part.Figures[Figure.ArchiveProposed].ShouldBeGreaterThanOrEqualTo(Claim.Archived.Share);
            part.Figures[Figure.ArchivePrecision].ShouldBeGreaterThanOrEqualTo(0.75);
            part.Figures[Figure.ProtectedProposed].ShouldBe(0);
        }

        result.Notes.ShouldContain(n => n.StartsWith("items of low value proposed for the archive, held out: measured ") && n.EndsWith("the claim was 25 %: reached."));
    }

    [Fact]
    public async Task Protection_is_what_keeps_some_of_the_protected_items_from_the_archive()
    {
        var bare = (await FixtureAsync()).Select(i => i.Protected is null ? i : i with
        {
            Item = i.Item with { Labels = [], Assignees = [], Milestone = null, Priority = null, Links = [], History = WorkItemHistory.Unknown },
        }).ToList();

        (await MeasureAsync(bare)).Pooled.Figures[Figure.ProtectedProposed].ShouldBeGreaterThan(0);
    }

    /// <summary>What is true, not what is wished: rules make up nothing, and a vague item names neither a role nor a benefit.</summary>
    [Fact]
    public async Task Rules_alone_do_not_reach_the_claim_for_vague_items_and_the_report_says_so()
    {
        var result = await ByRules.Value;

        result.Pooled.Figures[Figure.BuiltOut].ShouldBeLessThan(Claim.BuiltOut.Share);
        result.Notes.Where(n => n.StartsWith("vague items built out")).ShouldAllBe(n => n.EndsWith("the claim was 40 %: not reached."));
        result.Notes.ShouldContain(n => n.StartsWith("Without a language model."));
    }

    [Fact]
    public async Task A_model_that_makes_up_a_fact_builds_nothing_out_and_one_that_keeps_to_the_item_does()
    {
        LabelledItem[] items =
        [
            Labelled(An.Item(1, "It breaks in some way", "It is broken in a way that nobody likes."), vague: true),
            Labelled(An.Item(2, "Rename Reader.cs to Source.cs in the parser module", "The class is no reader any more."), vague: false),
        ];

        var honest = await MeasureAsync(items, "it does not break");
        var inventive = await MeasureAsync(items, "it is done within 250 ms");

        honest.Pooled.Figures[Figure.BuiltOut].ShouldBe(1);
        honest.Pooled.Baselines["rules alone"][Figure.BuiltOut].ShouldBe(0);
        honest.Notes.ShouldContain(n => n.StartsWith("With a language model, asked about 1 items"));
        inventive.Pooled.Figures[Figure.BuiltOut].ShouldBe(0);
    }

    [Fact]
    public async Task Data_that_nobody_labelled_is_refused_with_the_way_to_label_it() =>
        (await Should.ThrowAsync<UserErrorException>(() => MeasureAsync([new LabelledItem(An.Item(1, "one"), 0, null)]))).Message.ShouldContain("\"low_value\"");

    [Theory]
    [InlineData(47, 100, "built, held out: measured 47 % (47 of 100); the claim was 40 %: reached.")]
    [InlineData(39, 100, "built, held out: measured 39 % (39 of 100); the claim was 40 %: not reached.")]
    [InlineData(2, 5, "built, held out: measured 40 % (2 of 5); the claim was 40 %: reached.")]
    [InlineData(0, 0, "built, held out: no item is labelled so; the claim was 40 %: not measured.")]
    public void A_claim_is_only_ever_printed_beside_what_was_measured(int done, int all, string line) =>
        new Claim("built", 0.40).Beside("held out", done, all).ShouldBe(line);

    private static (int Developed, int HeldOut) Count(IReadOnlyList<LabelledItem> items, Func<LabelledItem, bool> which) =>
        (items.Count(i => which(i) && !i.IsHeldOut), items.Count(i => which(i) && i.IsHeldOut));

    private static LabelledItem Labelled(WorkItem item, bool vague) => new(item, 0, null) { Vague = vague, LowValue = false };

    /// <param name="then">What a scripted model says that will be so; null for no model.</param>
    private static async Task<EvaluationResult> MeasureAsync(IReadOnlyList<LabelledItem> items, string? then = null)
    {
        var draft = $$"""
            {"role":"user","want":"work without it breaking","benefit":"nobody has to like a broken way",
             "criteria":[{"given":"it","when":"it is used","then":"{{then}}"},{"given":"it","when":"somebody looks","then":"it is not broken"}],
             "questions":["What breaks?"],"assumptions":[],"evidence":["It is broken in a way that nobody likes."]}
            """;
        await using var advised = await AdvisedBacklog.StartAsync(AdvisedBacklog.Saying("story", draft));
        var model = new EvaluatedModel(advised.Desk, MayAsk: then is not null, Most: 100);
        return await new CaseStudyEvaluation().RunAsync(new LabelledData(items), model, Silent, TestContext.Current.CancellationToken);
    }

    private static async Task<IReadOnlyList<LabelledItem>> FixtureAsync([CallerFilePath] string here = "") =>
        await LabelledFile.ReadAsync([Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../fixtures/case-study/backlog.jsonl"))], TestContext.Current.CancellationToken);
}
