using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;

namespace ServerlessBacklog.Domain.Tests.Items;

public class ContentHashTests
{
    private static readonly WorkItem Whole = An.Item(1, "Title", "Body") with
    {
        Labels = [new("bug"), new("ui")],
        Reporter = new Person("ada"),
        History = new WorkItemHistory { IsKnown = true, Comments = [new WorkItemComment(new Person("ada"), An.Instant, "Same here")] },
    };

    public static TheoryData<string, Func<WorkItem, WorkItem>> Edits => new()
    {
        { "title", i => i with { Title = "Other" } },
        { "body", i => i with { Body = "Other" } },
        { "kind", i => i with { Kind = WorkItemKind.PullRequest } },
        { "state", i => i with { State = WorkItemState.Closed } },
        { "tracker state", i => i with { TrackerState = "NEW" } },
        { "resolution", i => i with { Resolution = "FIXED" } },
        { "type", i => i with { Type = "Bug" } },
        { "priority", i => i with { Priority = "P1" } },
        { "severity", i => i with { Severity = "P1" } },
        { "areas", i => i with { Areas = ["ui"] } },
        { "labels", i => i with { Labels = [new("bug")] } },
        { "assignees", i => i with { Assignees = [new("grace")] } },
        { "reporter", i => i with { Reporter = null } },
        { "reporter is a bot", i => i with { Reporter = new Person("ada", IsBot: true) } },
        { "role", i => i with { ReporterRole = "OWNER" } },
        { "milestone", i => i with { Milestone = "v1" } },
        { "created", i => i with { CreatedAt = An.Instant } },
        { "updated", i => i with { UpdatedAt = An.Instant } },
        { "started", i => i with { StartedAt = An.Instant } },
        { "closed", i => i with { ClosedAt = An.Instant } },
        { "due", i => i with { DueAt = An.Instant } },
        { "points", i => i with { StoryPoints = 0 } },
        { "links", i => i with { Links = [new(LinkKind.RelatedTo, An.Ref(2))] } },
        { "history known", i => i with { History = i.History with { IsKnown = false } } },
        { "comment", i => i with { History = i.History with { Comments = [] } } },
        { "comment by a bot", i => i with { History = i.History with { Comments = [i.History.Comments[0] with { Author = new Person("ada", true) }] } } },
        { "comment count", i => i with { History = i.History with { CommentCount = 1 } } },
        { "event", i => i with { History = i.History with { Events = [new HistoryEvent("closed", An.Instant)] } } },
        { "reactions", i => i with { History = i.History with { Reactions = new Reactions(ThumbsUp: 1) } } },
        { "who reacted", i => i with { History = i.History with { Reactions = new Reactions { People = [new Person("grace")] } } } },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Edits))]
    public void It_changes_with_every_field_that_a_step_may_read(string field, Func<WorkItem, WorkItem> edit) =>
        ContentHash.Of(edit(Whole)).ShouldNotBe(ContentHash.Of(Whole), field);

    [Fact]
    public void Revision_and_address_do_not_matter() =>
        ContentHash.Of(Whole with { Revision = "7", Url = new Uri("https://example.org/1") }).ShouldBe(ContentHash.Of(Whole));

    [Fact]
    public void The_order_of_labels_does_not_matter() =>
        ContentHash.Of(Whole with { Labels = [new("ui"), new("bug")] }).ShouldBe(ContentHash.Of(Whole));

    [Fact]
    public void The_same_moment_in_another_time_zone_is_the_same() =>
        ContentHash.Of(Whole with { CreatedAt = Whole.CreatedAt!.Value.ToOffset(TimeSpan.FromHours(9)) }).ShouldBe(ContentHash.Of(Whole));

    [Fact]
    public void A_text_that_moves_from_one_field_to_the_next_changes_it() =>
        ContentHash.Of(Whole with { Title = "ab", Body = "c" }).ShouldNotBe(ContentHash.Of(Whole with { Title = "a", Body = "bc" }));

    [Fact]
    public void It_is_32_hex_digits() => ContentHash.Of(Whole).ShouldMatch("^[0-9a-f]{32}$");
}
