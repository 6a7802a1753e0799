using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Orchestrations;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Orchestrations;

/// <summary>The conversation about what an item lacks: it waits for replies as long as they take, shrinks with each, and ends with a person.</summary>
public class ClarifyRoundsTests
{
    private static DecisionPolicy Suggesting { get; } = new() { Fallback = new StepPolicy(Autonomy.Suggest) };

    [Fact]
    public async Task Answers_shrink_the_questions_and_after_two_rounds_a_person_takes_over()
    {
        await using var driver = await TriageItemDriver.CreateAsync(Suggesting, Asking());
        await driver.TriageAsync(New());
        Said(driver).ShouldContain("Which version?");
        Said(driver).ShouldContain("Which steps?");

        await driver.Runtime.RestartAsync();
        await driver.Runtime.AdvanceAsync(TimeSpan.FromHours(1));
        await driver.TriageAsync(New("version 4"));
        Said(driver).ShouldNotContain("Which version?");
        Said(driver).ShouldContain("Which steps?");

        await driver.Runtime.AdvanceAsync(TimeSpan.FromHours(1));
        await driver.TriageAsync(New("version 4", "I do not know"));
        Said(driver).ShouldNotContain("Which steps?");
        Said(driver).ShouldContain("a maintainer takes it from here");

        await driver.Runtime.AdvanceAsync(TimeSpan.FromHours(1));
        var comments = driver.Tracker.Written.OfType<AddComment>().Count();
        await driver.TriageAsync(New("version 4", "I do not know", "still not"));
        driver.Tracker.Written.OfType<AddComment>().Count().ShouldBe(comments);
    }

    [Fact]
    public async Task All_answered_in_the_first_round_settles_it()
    {
        await using var driver = await TriageItemDriver.CreateAsync(Suggesting, Asking());
        await driver.TriageAsync(New());

        await driver.Runtime.AdvanceAsync(TimeSpan.FromHours(1));
        await driver.TriageAsync(New("version 4, steps: press save"));

        Said(driver).ShouldContain("What was asked or suggested here is settled.");
    }

    [Fact]
    public async Task A_sweep_that_decided_the_same_before_does_not_silence_the_comment()
    {
        await using var driver = await TriageItemDriver.CreateAsync(Suggesting, Asking());
        await driver.SaveAsync(New());
        await driver.Client.StartAsync(SweepBacklog.Ref, "sweep", new SweepInput(TriageItemDriver.Backlog), default);
        await driver.Runtime.SettleAsync();
        driver.Tracker.Written.ShouldBeEmpty();

        await driver.TriageAsync();

        Said(driver).ShouldContain("Which version?");
    }

    /// <summary>Asks for the version and the steps until the thread holds the word.</summary>
    private static FakeStep Asking() => new(StepName.Clarity)
    {
        Shape = (finding, item, _) =>
        {
            var thread = string.Join('\n', item.History.Comments.Where(c => !c.IsOurs).Select(c => c.Body));
            string[] open = [.. new[] { "version", "steps" }.Where(w => !thread.Contains(w, StringComparison.Ordinal)).Select(w => $"Which {w}?")];
            return finding with
            {
                Status = open.Length > 0 ? FindingStatus.Decided : FindingStatus.NothingToSay,
                Evidence = [.. open.Select(q => new Evidence(EvidenceKind.Question, q))],
                Proposals = open.Length > 0 ? [new Proposal(new AddComment(string.Join(' ', open)), new Confidence(0.9))] : [],
            };
        },
    };

    /// <summary>A new item with replies, each an hour after the one before, the first after half an hour.</summary>
    private static WorkItem New(params string[] replies) => An.Item(1, "It breaks") with
    {
        CreatedAt = An.Instant.AddDays(-1),
        History = new WorkItemHistory { IsKnown = true, Comments = [.. replies.Select((text, i) => new WorkItemComment(new Person("ada"), An.Instant.AddMinutes((i * 60) + 30), text))] },
    };

    private static string Said(TriageItemDriver driver) => driver.Tracker.Written.OfType<AddComment>().Last().Markdown;
}
