using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Adapters.SignIn;
using ServerlessBacklog.Functions.Tests.Fakes;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Views;
using ServerlessBacklog.Triage.Setup;

namespace ServerlessBacklog.Functions.Tests;

public class RouteTests
{
    private const string Ask = "api/answer?backlog=b&item=github%3Ao%2Fr%2312&decision=7";

    /// <summary>The host asks for a key by the first part of the path, so an open route must lie outside, and every other one inside.</summary>
    [Fact]
    public void Every_route_lies_where_a_function_takes_it_and_the_key_is_asked_for()
    {
        foreach (var route in Routes.All)
        {
            var function = HostRouter.FunctionOf(route.Method, "/" + route.Template.Replace("{*", "", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal)).ShouldHaveSingleItem();

            HostRouter.Functions[function].AuthLevel.ShouldBe(route.IsOpen ? AuthorizationLevel.Anonymous : AuthorizationLevel.Function, route.Template);
        }
    }

    /// <summary>The host takes the first route that fits, in an order that nobody promises.</summary>
    [Theory]
    [InlineData("GET", "/", "Start")]
    [InlineData("GET", "/backlogs/owner/repo/items", "Pages")]
    [InlineData("POST", "/review/answer", "Pages")]
    [InlineData("GET", "/assets/site.0123.css", "Pages")]
    [InlineData("GET", "/apis", "Pages")]
    [InlineData("GET", "/api/health", "Health")]
    [InlineData("GET", "/api/healthy", "Api")]
    [InlineData("GET", "/api/status/owner/repo", "Api")]
    [InlineData("POST", "/api/sweep", "Api")]
    [InlineData("POST", "/hooks/github", "Hook")]
    [InlineData("GET", "/hooks/unsubscribe", "Hook")]
    [InlineData("POST", "/runtime/webhooks/durabletask/instances", null)]
    [InlineData("GET", "/admin/host/status", null)]
    [InlineData("GET", "/api/health/more", "Api")]
    [InlineData("DELETE", "/backlogs", null)]
    public void A_path_fits_one_function_at_most(string method, string path, string? function) =>
        HostRouter.FunctionOf(method, path).ShouldBe(function is null ? [] : [function]);

    [Fact]
    public async Task What_is_no_route_is_told_so()
    {
        (await new Api(Door()).Keyed(Request("api/nothing"), new FakeClient())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await new Api(Door()).Keyed(Request("api/sweep", method: "GET"), new FakeClient())).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_reply_goes_out_as_JSON_with_its_status()
    {
        var response = await new Api(Door()).Health(Request("api/health", method: "GET"), new FakeClient());

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("Content-Type").ShouldBe(["application/json; charset=utf-8"]);
        Body(response).GetProperty("status").GetString().ShouldBe("ok");
    }

    [Fact]
    public async Task A_yes_to_an_ask_is_carried_out_by_Durable()
    {
        var (durable, store) = (new FakeClient(), new InMemoryBacklogStore());
        await SaveAskAsync(store);

        var response = await new Api(Door(store)).Keyed(Request(Ask, """{"approved": true, "by": "ada"}"""), durable);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted, Body(response).ToString());
        durable.Sent.Single().ShouldStartWith("start CarryOut ");
        durable.Sent.Single().ShouldEndWith(""""Decision":"7","Answer":{"Approved":true,"By":"ada"}}"""");
    }

    [Fact]
    public async Task An_answer_of_somebody_who_may_not_triage_is_refused()
    {
        var (durable, store) = (new FakeClient(), new InMemoryBacklogStore());
        await SaveAskAsync(store);

        var response = await new Api(Door(store)).Keyed(Request(Ask, """{"approved": true, "by": "passer-by"}"""), durable);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        durable.Sent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_call_without_a_parameter_is_told_which()
    {
        var response = await new Api(Door()).Keyed(Request("api/sweep"), new FakeClient());

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Body(response).GetProperty("error").GetString()!.ShouldContain("'backlog'");
    }

    [Fact]
    public async Task A_backlog_in_the_path_is_a_parameter_too()
    {
        var response = await new Api(Door()).Keyed(Request("api/status/github%3Ao/r", method: "GET"), new FakeClient());

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Body(response).GetProperty("error").GetString()!.ShouldContain("github:o/r");
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_not_looked_at()
    {
        var durable = new FakeClient();

        var response = await new Api(Door()).Keyed(Request(Ask, new string(' ', Routes.Answer.MaxBody + 1)), durable);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        durable.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void Every_route_is_called_with_the_client_of_its_function() =>
        typeof(Api).GetMethods().Where(m => m.GetCustomAttribute<FunctionAttribute>() is not null)
            .ShouldAllBe(m => m.GetParameters().Any(p => p.ParameterType == typeof(DurableTaskClient) && p.GetCustomAttribute<DurableClientAttribute>() != null));

    [Fact]
    public async Task A_webhook_is_stored_and_started_before_the_call_ends()
    {
        var durable = new FakeClient();
        var request = Request("hooks/github", "github:owner/repo#1 Crash");
        request.Headers.Add("X-GitHub-Delivery", "1");
        request.Headers.Add("X-GitHub-Event", "issues");
        request.Headers.Add("Secret", FakeHooks.Secret);

        var response = await new Api(Door()).Hook(request, durable);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        durable.Sent.ShouldHaveSingleItem().ShouldContain("TriageItem");
    }

    [Fact]
    public async Task A_webhook_without_its_secret_is_refused()
    {
        var durable = new FakeClient();

        var response = await new Api(Door()).Hook(Request("hooks/github", "github:owner/repo#1 Crash"), durable);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        durable.Sent.ShouldBeEmpty();
    }

    /// <summary>Over empty stores and a tracker with webhooks of the tests' own form.</summary>
    private static FrontDoor Door(InMemoryBacklogStore? stored = null)
    {
        var (store, deliveries, tracker) = (stored ?? new InMemoryBacklogStore(), new InMemoryDeliveryStore(), new FakeTracker());
        tracker.Roles["ada"] = TrackerRole.Triager;
        var trackers = new[] { tracker };
        var people = PeopleServices.Build(store, trackers, TimeProvider.System);
        var requests = new Requests(
            store,
            new ViewKeeper(store, people.GetRequiredService<IPendingStore>(), new InMemorySnapshotStore(), null!, TimeProvider.System),
            new WebhookIntake(trackers, deliveries, TimeProvider.System),
            new DeliveryStart(trackers, store, new BacklogNames(store), deliveries, people.GetRequiredService<CommandDesk>(), people.GetRequiredService<AuditTrail>(), NullLogger<DeliveryStart>.Instance),
            deliveries,
            new InMemoryAlarms(),
            new InMemoryWriteStop(),
            new SetupDoctor([], new LiveBacklogs(trackers, store)),
            people.GetRequiredService<AnswerDesk>(),
            people.GetRequiredService<TrackerRoles>(),
            people.GetRequiredService<ReviewQueue>(),
            TimeProvider.System);
        return new FrontDoor(requests, null!, new PageSignIn(new ConfigurationBuilder().Build()));
    }

    private static Task SaveAskAsync(InMemoryBacklogStore store) => store.SaveDecisionsAsync("b", [new Decision
    {
        Id = "7",
        Item = WorkItemRef.Parse("github:o/r#12"),
        ItemHash = "",
        PolicyVersion = "",
        DecidedAt = An.Instant,
        Verdict = Verdict.Ask,
        Changes = [new DecidedChange(new AddLabel(new Label("bug")), "type", new Confidence(0.8), Verdict.Ask, Verdict.Ask, "")],
        Reason = "",
    }], CancellationToken.None);

    private static FakeRequest Request(string pathAndQuery, string body = "", string method = "POST") =>
        new(new FakeInvocation { InstanceServices = new ServiceCollection().BuildServiceProvider() }, pathAndQuery, body, method);

    private static JsonElement Body(HttpResponseData response) => JsonElement.Parse(Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray()));
}
