using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Adapters.Tests.Trackers.Files;

public sealed class JsonLinesTests
{
    [Fact]
    public async Task Every_documented_field_reaches_the_item()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("shop.jsonl", """
            {"id":12,"project":"web","title":"Crash <b>on</b> save","body":"It *crashes*.","kind":"issue","state":"in_progress","resolution":"FIXED","type":"Bug","priority":2,"severity":"major","component":["Save","UI"],"labels":["bug","Bug","help"],"assignee":"mary","assignees":["mary","joe"],"reporter":"ann","reporter_role":"MEMBER","milestone":"M1","created_at":"2024-02-01T10:00:00+02:00","updated_at":"2024-02-02","started_at":"2024-02-03T00:00:00Z","due_date":"2024-03-01","story_points":3.5,"duplicate_of":["7"],"url":"https://example.org/12","reactions":{"+1":3,"-1":1,"heart":2,"total_count":6},"design":"Use a lock.","notes":"Seen twice.","unknown":{"x":1}}
            """);

        var item = read.Only;
        read.Problems.ShouldBeEmpty();
        item.Ref.ToString().ShouldBe("file:web#12");
        item.Title.ShouldBe("Crash <b>on</b> save");
        item.Body.ShouldBe("It *crashes*.\n\n## Design\nUse a lock.\n\n## Notes\nSeen twice.");
        (item.Kind, item.State, item.TrackerState, item.Resolution).ShouldBe((WorkItemKind.Item, WorkItemState.Started, "in_progress", "FIXED"));
        (item.Type, item.Priority, item.Severity, item.Milestone, item.StoryPoints).ShouldBe(("Bug", "2", "major", "M1", 3.5));
        item.Areas.ShouldBe(["Save", "UI"]);
        item.Labels.Select(l => l.Name).ShouldBe(["bug", "help"]);
        item.Assignees.Select(a => a.Login).ShouldBe(["mary", "joe"]);
        (item.Reporter!.Login, item.ReporterRole).ShouldBe(("ann", "MEMBER"));
        item.CreatedAt.ShouldBe(new DateTimeOffset(2024, 2, 1, 8, 0, 0, TimeSpan.Zero));
        item.StartedAt.ShouldBe(new DateTimeOffset(2024, 2, 3, 0, 0, 0, TimeSpan.Zero));
        item.DueAt.ShouldBe(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero));
        item.Linked(LinkKind.DuplicateOf).Single().ToString().ShouldBe("file:web#7");
        item.Url!.Host.ShouldBe("example.org");
        (item.History.Reactions.ThumbsUp, item.History.Reactions.ThumbsDown, item.History.Reactions.Other).ShouldBe((3, 1, 2));
    }

    [Fact]
    public async Task Comments_as_a_count_leave_the_history_unknown()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", """{"id":"1","title":"T","comments":4}""");

        read.Only.History.IsKnown.ShouldBeFalse();
        read.Only.History.CommentCount.ShouldBe(4);
    }

    [Fact]
    public async Task Listed_comments_and_events_make_the_history_known()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", """
            {"id":"1","title":"T","comments":[{"author":null,"at":"2024-02-02T00:00:00Z","body":"late"},{"author":"ci[bot]","at":"2024-02-01T00:00:00Z"}],"events":[{"event":"labeled","at":"2024-02-03T00:00:00Z","actor":"mary","label":"bug"}]}
            {"id":"2","title":"T","events":[]}
            """);

        var history = read.Items[0].History;
        history.IsKnown.ShouldBeTrue();
        history.Comments.Select(c => c.Author.IsBot).ShouldBe([true, false]);
        history.Events.Single().ShouldBe(new HistoryEvent("labeled", new(2024, 2, 3, 0, 0, 0, TimeSpan.Zero), new Person("mary"), "bug"));
        history.LastHumanActivity()!.Value.Day.ShouldBe(3);
        read.Items[1].History.IsKnown.ShouldBeTrue();
    }

    [Theory]
    [InlineData("blocks", LinkKind.Blocks)]
    [InlineData("blocked-by", LinkKind.BlockedBy)]
    [InlineData("blocks-on", LinkKind.BlockedBy)]
    [InlineData("parent-child", LinkKind.ChildOf)]
    [InlineData("child-of", LinkKind.ChildOf)]
    [InlineData("closed_by_pull", LinkKind.ClosedBy)]
    [InlineData("says_duplicate_of", LinkKind.DuplicateOf)]
    [InlineData("is duplicated by", LinkKind.RelatedTo)]
    [InlineData("discovered-from", LinkKind.DiscoveredFrom)]
    [InlineData("was cloned as", LinkKind.RelatedTo)]
    public async Task Link_words_say_what_the_item_says_of_its_target(string word, LinkKind kind)
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", $$"""{"id":"1","title":"T","links":[{"type":"{{word}}","target":"2"}]}""");

        read.Only.Links.ShouldBe([new WorkItemLink(kind, new WorkItemRef("file", "a", "2"))]);
    }

    [Fact]
    public async Task Dependencies_of_beads_name_what_the_item_waits_for()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", """{"id":"1","title":"T","dependencies":[{"type":"blocks","depends_on_id":"2"}]}""");

        read.Only.Linked(LinkKind.BlockedBy).Single().Number.ShouldBe("2");
    }

    [Theory]
    [InlineData(""" "state":"RESOLVED" """, WorkItemState.Closed)]
    [InlineData(""" "state":"Complete" """, WorkItemState.Closed)]
    [InlineData(""" "state":"ASSIGNED" """, WorkItemState.Started)]
    [InlineData(""" "state":"in-review" """, WorkItemState.Started)]
    [InlineData(""" "state":"REOPENED","closed_at":"2024-01-01" """, WorkItemState.Open)]
    [InlineData(""" "state":"Zu erledigen" """, WorkItemState.Open)]
    [InlineData(""" "closed_at":"2024-01-01" """, WorkItemState.Closed)]
    [InlineData(""" "merged_at":"2024-01-01" """, WorkItemState.Closed)]
    [InlineData(""" "started_at":"2024-01-01" """, WorkItemState.Started)]
    [InlineData(""" "state":null """, WorkItemState.Open)]
    public async Task State_is_read_from_its_word_and_else_from_the_dates(string members, WorkItemState state)
    {
        using var file = new AFile();

        var read = await file.ReadAsync("a.jsonl", $$"""{"id":"1","title":"T",{{members}}}""");

        read.Only.State.ShouldBe(state);
    }

    [Fact]
    public async Task An_array_of_gh_issue_list_is_read()
    {
        using var file = new AFile();

        var read = await file.ReadAsync("gh.json", """
            [{"number":3,"id":"I_kw","title":"T","state":"CLOSED","author":{"login":"ann"},"assignees":[{"login":"joe"}],"labels":[{"id":"L","name":"bug"}],"createdAt":"2024-02-01T00:00:00Z","comments":[]},
             {"number":4,"title":"P","pull_request":{}}]
            """);

        var item = read.Items[0];
        (item.Ref.Number, item.State, item.Reporter!.Login, item.Assignees.Single().Login).ShouldBe(("3", WorkItemState.Closed, "ann", "joe"));
        item.HasLabel("bug").ShouldBeTrue();
        read.Items[1].Kind.ShouldBe(WorkItemKind.PullRequest);
    }
}
