using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Trackers.GitHub;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

public class HookReadTests
{
    [Fact]
    public void An_opened_issue_becomes_an_item_without_history()
    {
        var issue = AnIssue.Rest(7, i =>
        {
            i["labels"] = new JsonArray(AnIssue.Label("bug"), AnIssue.Label("priority: high"), AnIssue.Label("area-Parser"));
            i["assignees"] = new JsonArray(AnIssue.User("ada"));
            i["type"] = new JsonObject { ["name"] = "Bug" };
            i["milestone"] = new JsonObject { ["title"] = "v2", ["due_on"] = "2024-05-01T07:00:00Z" };
            i["comments"] = 3;
            i["parent_issue_url"] = "https://api.github.com/repos/octo/plans/issues/2";
        });

        var told = AHook.Read("issues", AHook.Payload("opened", issue, "mona"));

        told.ShouldSatisfyAllConditions(
            e => e.Name.ShouldBe("issues.opened"),
            e => e.Kind.ShouldBe(EventKind.Changed),
            e => e.DeliveryId.ShouldBe("d-1"),
            e => e.Backlog.ShouldBe("octo/lab"),
            e => e.Item.ShouldBe(WorkItemRef.Parse("github:octo/lab#7")),
            e => e.Actor.ShouldBe(new Person("mona")),
            e => e.IsOwn.ShouldBeFalse(),
            e => e.At.ShouldBe(DateTimeOffset.Parse(AnIssue.UpdatedAt)));
        told.State!.ShouldSatisfyAllConditions(
            i => i.Type.ShouldBe("Bug"),
            i => i.Priority.ShouldBe("priority: high"),
            i => i.Areas.ShouldBe(["area-Parser"]),
            i => i.Labels.Select(l => l.Name).ShouldBe(["bug", "priority: high", "area-Parser"]),
            i => i.Assignees.ShouldBe([new Person("ada")]),
            i => i.Milestone.ShouldBe("v2"),
            i => i.DueAt.ShouldBe(DateTimeOffset.Parse("2024-05-01T07:00:00Z")),
            i => i.Links.ShouldBe([new WorkItemLink(LinkKind.ChildOf, WorkItemRef.Parse("github:octo/plans#2"))]),
            i => i.Revision.ShouldBe(AnIssue.UpdatedAt),
            i => i.History.ShouldBe(WorkItemHistory.Unknown));
    }

    [Fact]
    public void A_closed_issue_says_why()
    {
        var issue = AnIssue.Rest(7, i => (i["state"], i["state_reason"], i["closed_at"]) = ("closed", "not_planned", "2024-03-02T10:00:00Z"));

        var state = AHook.Read("issues", AHook.Payload("closed", issue)).State!;

        (state.State, state.Resolution, state.ClosedAt).ShouldBe((WorkItemState.Closed, "not_planned", DateTimeOffset.Parse("2024-03-02T10:00:00Z")));
    }

    [Fact]
    public void The_hook_of_an_app_and_that_of_a_repository_tell_the_same_under_two_ids()
    {
        var ofRepository = AHook.Read("issues", AHook.Payload("edited"), delivery: "guid-1");
        var ofApp = AHook.Read("issues", AHook.Payload("edited", change: p => p["installation"] = new JsonObject { ["id"] = 5 }), delivery: "guid-2");

        ofApp.DeliveryId.ShouldNotBe(ofRepository.DeliveryId);
        ofApp.ContentKey.ShouldBe(ofRepository.ContentKey);
    }

    [Fact]
    public void Two_edits_in_one_second_are_two() =>
        AHook.Read("issues", AHook.Payload("edited", AnIssue.Rest(7, i => i["title"] = "One"))).ContentKey
            .ShouldNotBe(AHook.Read("issues", AHook.Payload("edited", AnIssue.Rest(7, i => i["title"] = "Two"))).ContentKey);

    [Fact]
    public void Two_labels_in_one_second_are_two() =>
        Labeled("bug").ContentKey.ShouldNotBe(Labeled("help wanted").ContentKey);

    [Fact]
    public void A_transferred_issue_is_gone_from_here_and_its_new_place_is_told()
    {
        var told = AHook.Read("issues", AHook.Payload("transferred", change: p => p["changes"] = new JsonObject
        {
            ["new_issue"] = AnIssue.Rest(31), ["new_repository"] = AHook.Repository("octo/other"),
        }));

        told.Kind.ShouldBe(EventKind.Removed);
        told.Item.ShouldBe(WorkItemRef.Parse("github:octo/lab#7"));
        told.Others.ShouldBe([WorkItemRef.Parse("github:octo/other#31")]);
    }

    [Fact]
    public void A_label_that_a_person_takes_off_stays_off() =>
        AHook.Read("issues", AHook.Payload("unlabeled", sender: "ada", change: p => p["label"] = AnIssue.Label("Bug"))).Overrides
            .ShouldBe([new HumanOverride("label:bug", null, "ada", DateTimeOffset.Parse(AnIssue.UpdatedAt))]);

    [Fact]
    public void What_people_take_back_is_remembered_by_the_slot_of_the_change()
    {
        Slots("unassigned", p => p["assignee"] = AnIssue.User("bob")).ShouldBe([("assign", "bob")]);
        Slots("untyped", p => p["type"] = new JsonObject { ["name"] = "Bug" }).ShouldBe([("field:Type", "Bug")]);
        Slots("reopened", _ => { }).ShouldBe([("close", null)]);
        Slots("labeled", p => p["label"] = AnIssue.Label("bug")).ShouldBeEmpty();

        static (string, string?)[] Slots(string action, Action<JsonObject> change) =>
            [.. AHook.Read("issues", AHook.Payload(action, change: change)).Overrides.Select(o => (o.Slot, o.Value))];
    }

    [Theory]
    [InlineData("dependabot[bot]", "Bot")]
    [InlineData("release-bot", "User")]
    public void What_a_bot_takes_off_is_nobodys_will(string login, string type)
    {
        var told = AHook.Read("issues", AHook.Payload("unlabeled", sender: login, type: type, change: p => p["label"] = AnIssue.Label("bug")));

        told.Actor!.IsBot.ShouldBeTrue();
        told.Overrides.ShouldBeEmpty();
    }

    [Fact]
    public void A_bot_on_the_list_counts_like_a_person() =>
        AHook.Read("issues", AHook.Payload("opened", sender: "triage[bot]", type: "Bot"), new GitHubOptions { AllowedBots = ["Triage[bot]"] })
            .Actor!.IsBot.ShouldBeFalse();

    [Fact]
    public void Our_own_app_is_known_by_its_name()
    {
        var options = new GitHubOptions { AppSlug = "backlog-app" };

        AHook.Read("issues", AHook.Payload("labeled", sender: "backlog-app[bot]", type: "Bot"), options).IsOwn.ShouldBeTrue();
        AHook.Read("issues", AHook.Payload("labeled", sender: "other[bot]", type: "Bot"), options).IsOwn.ShouldBeFalse();
    }

    [Fact]
    public void Our_own_app_is_known_by_its_number_on_what_it_made()
    {
        var options = new GitHubOptions { AppId = "42" };
        var comment = AnIssue.Comment(5, "mona", "hello");
        comment["performed_via_github_app"] = new JsonObject { ["id"] = 42 };
        var issue = AnIssue.Rest(7, i => i["performed_via_github_app"] = new JsonObject { ["id"] = 42 });

        AHook.Read("issue_comment", AHook.Payload("created", change: p => p["comment"] = comment), options).IsOwn.ShouldBeTrue();
        AHook.Read("issues", AHook.Payload("opened", issue.DeepClone().AsObject()), options).IsOwn.ShouldBeTrue();
        AHook.Read("issues", AHook.Payload("closed", issue), options).IsOwn.ShouldBeFalse("a person may close what the app opened");
    }

    [Fact]
    public void A_comment_comes_with_its_author_and_text()
    {
        var told = AHook.Read("issue_comment", AHook.Payload("created", change: p => p["comment"] = AnIssue.Comment(5, "ada", "Same here")));

        told.Kind.ShouldBe(EventKind.Changed);
        told.Comment.ShouldBe(new WorkItemComment(new Person("ada"), DateTimeOffset.Parse(AnIssue.UpdatedAt), "Same here"));
        told.CommentRemoved.ShouldBeNull();
    }

    [Fact]
    public void A_deleted_comment_is_named_by_author_and_time()
    {
        var told = AHook.Read("issue_comment", AHook.Payload("deleted", change: p => p["comment"] = AnIssue.Comment(5, "ada", "Same here")));

        told.Comment.ShouldBeNull();
        told.CommentRemoved!.Author.ShouldBe(new Person("ada"));
        told.Overrides.ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_deletes_our_comment_wants_no_other()
    {
        var ours = AnIssue.Comment(5, "backlog-app[bot]", "Looks like a duplicate\n\n<!-- serverless-backlog -->", "Bot");

        AHook.Read("issue_comment", AHook.Payload("deleted", sender: "ada", change: p => p["comment"] = ours)).Overrides
            .ShouldBe([new HumanOverride("comment", null, "ada", DateTimeOffset.Parse(AnIssue.UpdatedAt))]);
    }

    [Fact]
    public void Whoever_deletes_a_notice_wants_nothing_closed()
    {
        var ours = AnIssue.Comment(5, "backlog-app[bot]", OurMark.Put("It will be closed.", "d1:notice", OurMark.OfNotice("d1")), "Bot");

        AHook.Read("issue_comment", AHook.Payload("deleted", sender: "ada", change: p => p["comment"] = ours.DeepClone())).Overrides
            .ShouldBe([new HumanOverride("close", null, "ada", DateTimeOffset.Parse(AnIssue.UpdatedAt))]);
        AHook.Read("issue_comment", AHook.Payload("deleted", sender: "cleaner[bot]", type: "Bot", change: p => p["comment"] = ours.DeepClone())).Overrides.ShouldBeEmpty();
        AHook.Read("issue_comment", AHook.Payload("edited", sender: "ada", change: p => p["comment"] = ours.DeepClone())).Overrides.ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_deletes_an_answer_has_just_read_it()
    {
        var ours = AnIssue.Comment(5, "backlog-app[bot]", OurMark.Put("Done.", "d1:reply", OurMark.OfReply("c1")), "Bot");

        AHook.Read("issue_comment", AHook.Payload("deleted", sender: "ada", change: p => p["comment"] = ours)).Overrides.ShouldBeEmpty();
    }

    [Fact]
    public void A_comment_is_new_when_it_is_made_and_not_when_it_is_edited_or_deleted()
    {
        IsNew("created", "hello").ShouldBeTrue();
        IsNew("edited", "hello").ShouldBeFalse();
        IsNew("deleted", "hello").ShouldBeFalse();
        IsNew("created", OurMark.Put("Done.", "d1:reply", OurMark.OfReply("c1"))).ShouldBeFalse();
        IsNew("created", OurMark.Put("Advice", "d1:comment")).ShouldBeFalse();
        AHook.Read("issues", AHook.Payload("opened")).IsNewComment.ShouldBeFalse();

        static bool IsNew(string action, string body) =>
            AHook.Read("issue_comment", AHook.Payload(action, change: p => p["comment"] = AnIssue.Comment(5, "ada", body))).IsNewComment;
    }

    [Fact]
    public void Our_comment_is_a_bots_whoever_wrote_it() =>
        AHook.Read("issue_comment", AHook.Payload("created", change: p => p["comment"] = AnIssue.Comment(5, "ada", "x\n<!-- serverless-backlog -->")))
            .Comment!.Author.IsBot.ShouldBeTrue();

    [Fact]
    public void A_comment_on_a_pull_request_is_ignored_with_a_reason()
    {
        var told = AHook.Read("issue_comment", AHook.Payload("created", AnIssue.Rest(7, i => i["pull_request"] = new JsonObject()), change: p => p["comment"] = AnIssue.Comment(5, "ada", "x")));

        (told.Kind, told.Why).ShouldBe((EventKind.Ignored, "a comment on a pull request"));
    }

    [Fact]
    public void An_author_who_deleted_the_account_is_the_ghost() =>
        AHook.Read("issues", AHook.Payload("edited", AnIssue.Rest(7, i => i["user"] = null))).State!.Reporter.ShouldBe(new Person("ghost"));

    [Theory]
    [InlineData("parent_issue_added", "octo/lab#4", "octo/plans#3")]
    [InlineData("sub_issue_removed", "octo/lab#3", "octo/plans#4")]
    public void A_link_between_issues_concerns_both_ends(string action, string item, string other)
    {
        var (near, far) = action.StartsWith("parent", StringComparison.Ordinal) ? ("octo/lab", "octo/plans") : ("octo/plans", "octo/lab");
        var payload = new JsonObject
        {
            ["action"] = action,
            ["sub_issue_id"] = 9004, ["sub_issue"] = AnIssue.Rest(4, repository: near), ["sub_issue_repo"] = AHook.Repository(near),
            ["parent_issue_id"] = 9003, ["parent_issue"] = AnIssue.Rest(3, repository: far), ["parent_issue_repo"] = AHook.Repository(far),
            ["repository"] = AHook.Repository("octo/lab"), ["sender"] = AnIssue.User("ada"),
        };

        var told = AHook.Read("sub_issues", payload);

        told.Item.ShouldBe(WorkItemRef.Parse($"github:{item}"));
        told.Others.ShouldBe([WorkItemRef.Parse($"github:{other}")]);
        told.Overrides.Select(o => o.Slot).ShouldBe(action.EndsWith("removed", StringComparison.Ordinal) ? [$"link:ParentOf:github:{other}"] : []);
    }

    [Fact]
    public void A_dependency_concerns_both_ends_wherever_the_far_one_lies()
    {
        var told = AHook.Read("issue_dependencies", new JsonObject
        {
            ["action"] = "blocked_by_added",
            ["blocked_issue_id"] = 9004, ["blocked_issue"] = AnIssue.Rest(4),
            ["blocking_issue_id"] = 9009, ["blocking_issue"] = AnIssue.Rest(9, repository: "octo/core"),
            ["repository"] = AHook.Repository("octo/lab"), ["sender"] = AnIssue.User("ada"), ["organization"] = new JsonObject { ["login"] = "octo" },
        });

        told.Kind.ShouldBe(EventKind.Changed);
        told.Item.ShouldBe(WorkItemRef.Parse("github:octo/lab#4"));
        told.Others.ShouldBe([WorkItemRef.Parse("github:octo/core#9")]);
    }

    [Theory]
    [InlineData("ping", EventKind.Ping)]
    [InlineData("installation", EventKind.Access)]
    [InlineData("installation_repositories", EventKind.Access)]
    [InlineData("label", EventKind.Ignored)]
    [InlineData("milestone", EventKind.Ignored)]
    [InlineData("something_new", EventKind.Unknown)]
    public void Other_events_are_acknowledged_for_what_they_are(string name, EventKind kind)
    {
        var told = AHook.Read(name, new JsonObject { ["action"] = "created", ["repository"] = AHook.Repository("octo/lab") });

        told.Kind.ShouldBe(kind);
        (told.Why is not null).ShouldBe(kind == EventKind.Ignored);
    }

    [Fact]
    public void A_push_to_another_branch_is_of_no_interest()
    {
        var told = AHook.Read("push", new JsonObject { ["ref"] = "refs/heads/topic", ["repository"] = AHook.Repository("octo/lab"), ["commits"] = new JsonArray() });

        (told.Kind, told.Why is not null).ShouldBe((EventKind.Ignored, true));
    }

    private static TrackerEvent Labeled(string label) => AHook.Read("issues", AHook.Payload("labeled", change: p => p["label"] = AnIssue.Label(label)));
}
