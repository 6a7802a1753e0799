using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Tests.Steps;

public sealed class SummaryStepTests
{
    [Fact]
    public void The_sentences_that_say_most_stand_for_a_long_thread()
    {
        var finding = Examine(
            "Same here.",
            "The export fails with large folders on the office server.",
            "Thanks!",
            "On the office server the export fails with a time-out after one minute.",
            "I like cats and my holidays in the mountains were great.",
            "The time-out of the export on the server is one minute, large folders need three.",
            "me too",
            "We agreed to raise the time-out of the export on the server to five minutes.");

        finding.Status.ShouldBe(FindingStatus.Decided);
        finding.Score.ShouldBe(8);
        var points = finding.EvidenceOf(EvidenceKind.Point).Select(e => e.Text).ToList();
        points.ShouldContain("comment 8: We agreed to raise the time-out of the export on the server to five minutes.");
        points.ShouldNotContain(p => p.Contains("cats"));
        points.ShouldBe(points.OrderBy(p => p, StringComparer.Ordinal));
    }

    [Fact]
    public void Bots_and_our_own_words_make_no_thread_long()
    {
        var item = An.Item(1) with
        {
            History = new WorkItemHistory
            {
                IsKnown = true,
                Comments = [.. Enumerable.Range(0, 9).Select(i => new WorkItemComment(new Person("ci", IsBot: i % 2 == 0), An.Instant, "The build failed again today.") { IsOurs = i % 2 == 1 })],
            },
        };

        new SummaryStep().Examine(item, An.Context(item)).Status.ShouldBe(FindingStatus.NothingToSay);
    }

    private static Finding Examine(params string[] comments)
    {
        var item = An.Item(1) with
        {
            History = new WorkItemHistory
            {
                IsKnown = true,
                Comments = [.. comments.Select((text, i) => new WorkItemComment(new Person($"person{i % 3}"), An.Instant.AddHours(i - 100), text))],
            },
        };
        return new SummaryStep().Examine(item, An.Context(item));
    }
}
