using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps;
using ServerlessBacklog.Adapters.Trackers.AzureDevOps.Writing;
using ServerlessBacklog.Adapters.Trackers.Http;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class HookTests
{
    public static TheoryData<string> Samples => [.. Directory.EnumerateFiles(Folder(), "*.json").Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_recorded_event_is_read(string sample)
    {
        var told = Hooks().Read(Request(File.ReadAllText(Path.Combine(Folder(), sample))));

        // Their work items lie on a server that is not ours; the pull requests do not.
        var expected = sample == "bad.notMappedEventType.json" ? EventKind.Unknown : sample.StartsWith("git.pullrequest", StringComparison.Ordinal) ? EventKind.Changed : EventKind.Ignored;
        told.Kind.ShouldBe(expected);
        told.DeliveryId.ShouldNotBeEmpty();
        (told.Why is null).ShouldBe(expected != EventKind.Ignored);
        (told.Signs.Count > 0).ShouldBe(expected == EventKind.Changed);
    }

    [Theory]
    [InlineData("workitem.created", EventKind.Changed, "DefaultCollection/5@1", "2014-07-15T17:42:44.6630000+00:00")]
    [InlineData("workitem.updated", EventKind.Changed, "DefaultCollection/5@2", "2014-07-15T17:42:44.6630000+00:00")]
    [InlineData("workitem.commented", EventKind.Changed, "DefaultCollection/5@4+workitem.commented", "2014-07-15T17:42:44.6630000+00:00")]
    [InlineData("workitem.deleted", EventKind.Removed, "DefaultCollection/5@1+workitem.deleted@2016-05-02T19:17:28.3644564+00:00", "2016-05-02T19:17:28.3644564+00:00")]
    [InlineData("workitem.restored", EventKind.Changed, "DefaultCollection/5@1+workitem.restored@2016-05-02T19:18:15.5707279+00:00", "2016-05-02T19:18:15.5707279+00:00")]
    public void A_recorded_event_of_our_server_names_item_revision_and_time(string name, EventKind kind, string key, string at)
    {
        var hooks = Hooks(o => o with { BaseUrl = new Uri("http://good-company.some.ssl.host") });

        var told = hooks.Read(Request(File.ReadAllText(Path.Combine(Folder(), $"{name}.json"))));

        told.Name.ShouldBe(name);
        told.Kind.ShouldBe(kind);
        told.Item.ShouldBe(new WorkItemRef("azuredevops", "DefaultCollection/GoodCompanyCloud", "5"));
        told.Backlog.ShouldBe("DefaultCollection/GoodCompanyCloud");
        told.ContentKey.ShouldBe(key.Replace("DefaultCollection", "defaultcollection"));
        told.At!.Value.ToString("O").ShouldBe(at);
        told.IsNewComment.ShouldBe(name == "workitem.commented");
    }

    [Fact]
    public void An_update_of_today_tells_the_item_as_it_is_after_it()
    {
        var told = Hooks().Read(Request(Updated(u => u["fields"]!["System.State"] = Change("New", "Active"))));

        told.DeliveryId.ShouldBe("86a00bfb-28a6-4e5e-bed7-6069791f1996");
        told.Item.ShouldBe(new WorkItemRef("azuredevops", "contoso/Web Shop", "13"));
        told.Actor.ShouldBe(new Person("ada@contoso.com"));
        var state = told.State.ShouldNotBeNull();
        (state.Title, state.State, state.TrackerState, state.Revision).ShouldBe(("Crash on save", WorkItemState.Started, "Active", "2"));
        state.Url.ShouldBe(new Uri("https://dev.azure.com/contoso/Web%20Shop/_workitems/edit/13"));
        state.Links.ShouldBe([new WorkItemLink(LinkKind.ChildOf, new WorkItemRef("azuredevops", "contoso/Web Shop", "6"))]);
    }

    [Fact]
    public void A_field_that_was_emptied_is_empty_in_the_item()
    {
        var told = Hooks().Read(Request(Updated(u => u["fields"]!["System.AssignedTo"] = new JsonObject { ["oldValue"] = "Grace <grace@contoso.com>" })));

        told.State!.Assignees.ShouldBeEmpty();
    }

    [Fact]
    public void A_state_of_a_process_of_its_own_is_left_to_be_asked_for() =>
        Hooks().Read(Request(Updated(u => u["fields"]!["System.State"] = Change("New", "Simmering")))).State.ShouldBeNull();

    [Fact]
    public void Links_that_came_and_went_name_their_far_ends()
    {
        var told = Hooks().Read(Request(Updated(u => u["relations"] = JsonNode.Parse(
            """
            {"added":[{"rel":"x","url":"https://dev.azure.com/contoso/66776c68-10ec-4679-9652-d001a718d37f/_apis/wit/workItems/7"}],
             "removed":[{"rel":"x","url":"https://dev.azure.com/contoso/_apis/wit/workItems/8"},
                        {"rel":"x","url":"https://dev.azure.com/contoso/11111111-2222-3333-4444-555555555555/_apis/wit/workItems/9"}]}
            """))));

        told.Others.Select(o => o.Number).ShouldBe(["7", "8"]);
    }

    [Fact]
    public void A_comment_in_its_newer_form_is_told_with_its_author()
    {
        var told = Hooks().Read(Request(Commented("<div>Me too</div>")));

        told.Comment.ShouldBe(new WorkItemComment(new Person("ada@contoso.com"), new DateTimeOffset(2026, 5, 1, 9, 0, 0, TimeSpan.Zero), "<div>Me too</div>"));
        told.IsOwn.ShouldBeFalse();
    }

    [Fact]
    public void A_comment_with_our_reference_line_is_our_own()
    {
        var line = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("azuredevops:contoso/Web Shop#13"u8).AsSpan(0, 4));

        var told = Hooks().Read(Request(Commented($"<p>Advice</p><p>ref sb-{line}/0badcafe</p>")));

        told.IsOwn.ShouldBeTrue();
        told.Comment!.Author.IsBot.ShouldBeTrue();
    }

    [Fact]
    public void A_notice_or_answer_of_ours_is_known_by_any_name_on_its_own_item_and_at_the_end_only()
    {
        var (item, other) = (new WorkItemRef("azuredevops", "contoso/Web Shop", "13"), new WorkItemRef("azuredevops", "contoso/Web Shop", "14"));
        foreach (var name in new[] { CommentRef.OfNotice("d1"), CommentRef.OfReply("c7"), CommentRef.Gathered })
        {
            Told($"<p>Done.</p><p>{CommentRef.Line(item, "e1", name)}</p>").ShouldBe((true, true, false));
            Told($"<p>Done.</p><p>{CommentRef.Line(other, "e1", name)}</p>").ShouldBe((false, false, true));
            Told($"<blockquote>Done. {CommentRef.Line(item, "e1", name)}</blockquote><p>/backlog keep</p>").ShouldBe((false, false, true));
        }

        static (bool IsOwn, bool IsOurs, bool IsNew) Told(string text)
        {
            var told = Hooks().Read(Request(Commented(text)));
            return (told.IsOwn, told.Comment!.IsOurs, told.IsNewComment);
        }
    }

    [Theory]
    [InlineData("ada@contoso.com")]
    [InlineData("49B79148-4735-4daa-8acb-8406eaa643b1")]
    public void What_our_own_account_did_is_known_by_login_or_id(string own) =>
        Hooks(o => o with { OwnIdentity = own }).Read(Request(Updated(_ => { }))).IsOwn.ShouldBeTrue();

    [Fact]
    public void A_bot_that_is_allowed_counts_as_a_person()
    {
        var body = Updated(u => u["revisedBy"] = new JsonObject { ["uniqueName"] = @"Build\abc", ["descriptor"] = "svc.abc" });

        Hooks().Read(Request(body)).Actor!.IsBot.ShouldBeTrue();
        Hooks(o => o with { AllowedBots = [@"build\ABC"] }).Read(Request(body)).Actor!.IsBot.ShouldBeFalse();
    }

    [Theory]
    [InlineData("https://contoso.visualstudio.com/DefaultCollection/", null, "contoso")]
    [InlineData("https://dev.azure.com/contoso/", null, "contoso")]
    [InlineData("https://tfs.example.com/tfs/Main/", "https://tfs.example.com/tfs", "Main")]
    [InlineData(null, null, "contoso")]
    public void The_organization_is_read_from_wherever_it_stands(string? baseUrl, string? ours, string organization)
    {
        var body = Updated(_ => { }, root =>
        {
            foreach (var container in new[] { "collection", "account", "project" })
                root["resourceContainers"]![container] = baseUrl is null ? new JsonObject() : new JsonObject { ["baseUrl"] = baseUrl };
        });

        var told = Hooks(o => ours is null ? o : o with { BaseUrl = new Uri(ours) }).Read(Request(body));

        told.Backlog.ShouldBe($"{organization}/Web Shop");
    }

    [Theory]
    [InlineData("https://evil.example/contoso/", "Web Shop")]
    [InlineData("https://dev.azure.com/contoso/", "..")]
    [InlineData("https://dev.azure.com/contoso/", "a/../../b")]
    [InlineData("https://dev.azure.com/..%2Fadmin/", "Web Shop")]
    [InlineData("https://dev.azure.com/contoso/", "")]
    [InlineData("https://dev.azure.com/contoso/", "x\ny")]
    public void What_cannot_be_attributed_is_ignored_with_the_reason(string baseUrl, string project)
    {
        var body = Updated(
            u =>
            {
                u["url"] = $"{baseUrl}_apis/wit/workItems/13/updates/2";
                u["_links"] = null;
                u["revision"]!["url"] = null;
                u["revision"]!["fields"]!["System.TeamProject"] = project;
            },
            root => root["resourceContainers"] = new JsonObject { ["collection"] = new JsonObject { ["baseUrl"] = baseUrl } });

        var told = Hooks().Read(Request(body));

        told.Kind.ShouldBe(EventKind.Ignored);
        told.Why.ShouldNotBeNullOrEmpty();
        told.Item.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"eventType":"workitem.updated"}""")]
    [InlineData("""{"eventType":"workitem.created","resource":null}""")]
    [InlineData("""{"eventType":"workitem.created","resource":[1]}""")]
    [InlineData("""{"eventType":"workitem.created","resource":{"id":-1,"fields":"x"}}""")]
    [InlineData("""{"eventType":"workitem.created","resource":{"id":99999999999999999999}}""")]
    [InlineData("""{"eventType":{},"id":[],"subscriptionId":7}""")]
    [InlineData("""{"eventType":"workitem.updated","resource":{"workItemId":5,"revision":7,"fields":[]},"resourceContainers":7}""")]
    public void Odd_shapes_are_ignored(string body) => Hooks().Read(Request(body)).Kind.ShouldBe(EventKind.Ignored);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("<xml/>")]
    [InlineData("null")]
    [InlineData("""{"eventType":"workitem.updated","resource":{"workItemId":5,"revision":{"fields":{"\ud800":1}},"fields":{"a":{}}}}""")]
    public void What_is_no_json_object_is_a_bad_hook(string body) => Should.Throw<BadHookException>(() => Hooks().Read(Request(body))).Status.ShouldBe(400);

    [Fact]
    public void A_body_that_nests_without_end_is_a_bad_hook() =>
        Should.Throw<BadHookException>(() => Hooks().Read(Request(new string('[', 100_000))));

    [Fact]
    public void Another_content_type_is_told_as_such() =>
        Should.Throw<BadHookException>(() => Hooks().Read(new HookRequest(h => h == "Content-Type" ? "text/plain" : null, "{}"u8.ToArray()))).Status.ShouldBe(415);

    [Fact]
    public void A_mark_of_byte_order_is_no_fault() =>
        Hooks().Read(new HookRequest(_ => null, (byte[])[0xef, 0xbb, 0xbf, .. "{}"u8])).Kind.ShouldBe(EventKind.Ignored);

    [Fact]
    public void Events_of_other_subscriptions_are_ignored()
    {
        var hooks = Hooks(o => o with { Subscriptions = ["aaaaaaaa-0000-0000-0000-000000000000"] });

        hooks.Read(Request(Updated(_ => { }))).Why!.ShouldContain("AzureDevOps:Subscriptions");
        hooks.Read(Request(Updated(_ => { }, root => root["subscriptionId"] = "AAAAAAAA-0000-0000-0000-000000000000"))).Kind.ShouldBe(EventKind.Changed);
    }

    [Fact]
    public void Without_an_event_id_the_notification_names_the_delivery()
    {
        var body = Updated(_ => { }, root => root.Remove("id"));

        Hooks().Read(Request(body)).DeliveryId.ShouldBe("bea5b36f-976e-40e5-a7e4-6b72ceb1dff0:1");
    }

    internal static ITrackerHooks Hooks(Func<AzureDevOpsOptions, AzureDevOpsOptions>? with = null)
    {
        var options = new AzureDevOpsOptions { HookSecrets = ["s3cret"] };
        options = with?.Invoke(options) ?? options;
        return new AzureDevOpsTracker(options, new AzureDevOpsCredentials(options), new NoHttp(), TimeProvider.System).Hooks;
    }

    internal static HookRequest Request(string body) => new(_ => null, Encoding.UTF8.GetBytes(body));

    internal static JsonObject Change(JsonNode? before, JsonNode? after) => new() { ["oldValue"] = before, ["newValue"] = after };

    /// <summary>An update in the shape that the service sends today.</summary>
    internal static string Updated(Action<JsonObject> resource, Action<JsonObject>? root = null)
    {
        var body = JsonNode.Parse(
            """
            {
              "subscriptionId": "bea5b36f-976e-40e5-a7e4-6b72ceb1dff0", "notificationId": 1, "id": "86a00bfb-28a6-4e5e-bed7-6069791f1996",
              "eventType": "workitem.updated", "publisherId": "tfs",
              "resource": {
                "id": 99, "workItemId": 13, "rev": 2,
                "revisedBy": { "id": "49b79148-4735-4daa-8acb-8406eaa643b1", "name": "Ada <ada@contoso.com>", "displayName": "Ada", "uniqueName": "ada@contoso.com", "descriptor": "aad.x" },
                "revisedDate": "9999-01-01T00:00:00Z",
                "fields": { "System.Rev": { "oldValue": 1, "newValue": 2 } },
                "_links": { "self": { "href": "https://dev.azure.com/contoso/66776c68-10ec-4679-9652-d001a718d37f/_apis/wit/workItems/13/updates/2" } },
                "url": "https://dev.azure.com/contoso/66776c68-10ec-4679-9652-d001a718d37f/_apis/wit/workItems/13/updates/2",
                "revision": {
                  "id": 13, "rev": 2,
                  "fields": {
                    "System.AreaPath": "Web Shop", "System.TeamProject": "Web Shop", "System.IterationPath": "Web Shop", "System.WorkItemType": "Bug",
                    "System.State": "New", "System.AssignedTo": "Grace <grace@contoso.com>", "System.CreatedBy": "Ada <ada@contoso.com>",
                    "System.ChangedBy": "Ada <ada@contoso.com>", "System.ChangedDate": "2026-05-01T09:00:00Z", "System.Title": "Crash on save"
                  },
                  "relations": [
                    { "rel": "System.LinkTypes.Hierarchy-Reverse", "attributes": { "name": "Parent" },
                      "url": "https://dev.azure.com/contoso/66776c68-10ec-4679-9652-d001a718d37f/_apis/wit/workItems/6" }
                  ],
                  "url": "https://dev.azure.com/contoso/66776c68-10ec-4679-9652-d001a718d37f/_apis/wit/workItems/13/revisions/2"
                }
              },
              "resourceContainers": { "collection": { "id": "x", "baseUrl": "https://dev.azure.com/contoso/" } },
              "createdDate": "2026-05-01T09:00:05Z"
            }
            """)!.AsObject();
        resource(body["resource"]!.AsObject());
        root?.Invoke(body);
        return body.ToJsonString();
    }

    private static string Commented(string text) => new JsonObject
    {
        ["id"] = "4c19e2ca-d27c-4ed4-a69f-37ab2f2a95c7",
        ["eventType"] = "workitem.commented",
        ["resource"] = new JsonObject
        {
            ["id"] = 13,
            ["rev"] = 3,
            ["fields"] = new JsonObject
            {
                ["System.TeamProject"] = "Web Shop",
                ["System.WorkItemType"] = "Bug",
                ["System.State"] = "New",
                ["System.Title"] = "Crash on save",
                ["System.ChangedBy"] = "Ada <ada@contoso.com>",
                ["System.ChangedDate"] = "2026-05-01T09:00:00Z",
                ["System.History"] = text,
            },
            ["commentVersionRef"] = new JsonObject { ["commentId"] = 2743814, ["version"] = 1 },
            ["url"] = "https://dev.azure.com/contoso/66776c68-10ec-4679-9652-d001a718d37f/_apis/wit/workItems/13",
        },
    }.ToJsonString();

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "fixtures", "azuredevops"));

    private sealed class NoHttp : ITrackerHttp
    {
        public HttpMessageHandler HandlerFor(string account) => new Nobody();

        private sealed class Nobody : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
                throw new InvalidOperationException("Reading a hook asks nobody.");
        }
    }
}
