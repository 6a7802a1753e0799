using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Approvals;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Commands;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Questions;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Tests.Orchestrations;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Triage.Tests.Chat;

/// <summary>What people say and press in a chat, from the request to what is written, on the real runner.</summary>
public sealed class ChatListenerTests : IAsyncLifetime
{
    private const string Ada = "U0ADA";
    private const string Rita = "U0RITA";

    private readonly FakeChat chat = new();
    private readonly InMemoryChatStore store = new();
    private TriageItemDriver driver = null!;
    private int said;

    public async ValueTask InitializeAsync()
    {
        driver = await TriageItemDriver.CreateAsync(TriageItemDriver.Auto, new FakeStep("type").Proposing(TriageItemDriver.Bug, 0.8));
        await driver.Get<IPeopleDirectory>().SaveAsync(
            new PeopleDirectory([new PersonRecord("Ada") { GitHub = "ada", Slack = Ada }, new PersonRecord("Rita") { GitHub = "rita", Slack = Rita }, new PersonRecord("Zed") { Slack = "U0ZED" }]), CancellationToken.None);
    }

    public async ValueTask DisposeAsync() => await driver.DisposeAsync();

    [Fact]
    public async Task A_change_is_shown_as_a_plan_and_done_once_when_the_same_person_confirms_it()
    {
        var plan = (await SayAsync(Ada, "#1 assign @bob")).Plan.ShouldNotBeNull();
        (plan.Item, plan.For).ShouldBe((An.Ref(1), Ada));
        driver.Tracker.Written.ShouldBeEmpty();

        (await PressAsync(Rita, ChatAct.Confirm, plan)).Text.ShouldContain("Only the person who asked for it");
        driver.Tracker.Written.ShouldBeEmpty();
        (await PressAsync(Ada, ChatAct.Confirm, plan)).Text.ShouldStartWith("Assigned to bob.");
        (await PressAsync(Ada, ChatAct.Confirm, plan)).Text.ShouldContain("confirmed already");

        driver.Tracker.Written.ShouldHaveSingleItem().ShouldBe(new Assign(new Person("bob")));
        (await driver.DecisionsAsync()).ShouldHaveSingleItem().By.ShouldBe("ada");
    }

    [Fact]
    public async Task A_plan_that_is_canceled_does_nothing()
    {
        var plan = (await SayAsync(Ada, "#1 assign @bob")).Plan.ShouldNotBeNull();

        (await PressAsync(Ada, ChatAct.Cancel, plan)).ShouldSatisfyAllConditions(r => r.Text.ShouldBe("Nothing was done."), r => r.Replaces.ShouldBeTrue());

        driver.Tracker.Written.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_whom_nobody_knows_is_told_how_to_be_known_and_nothing_is_done()
    {
        (await SayAsync("U0NOBODY", "#1 assign @bob")).ShouldSatisfyAllConditions(r => r.Text.ShouldContain("`slack: U0NOBODY`"), r => r.Plan.ShouldBeNull());
        (await SayAsync("U0NOBODY", "#1 why")).Text.ShouldContain("I do not know who you are");
        // Known, but not in this tracker.
        (await SayAsync("U0ZED", "#1 status")).Text.ShouldContain("`github: YOUR-LOGIN`");

        driver.Tracker.Written.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("#1 pin P1")]
    [InlineData("#1 undo")]
    [InlineData("owner/repo#1 assign me")]
    public async Task Somebody_without_rights_in_the_tracker_gets_no_plan(string text)
    {
        (await SayAsync(Rita, text)).ShouldSatisfyAllConditions(r => r.Text.ShouldContain("by your role in the tracker you may not"), r => r.Plan.ShouldBeNull());

        driver.Tracker.Written.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_right_that_is_lost_between_plan_and_confirmation_is_lost()
    {
        var plan = (await SayAsync(Ada, "#1 assign @bob")).Plan.ShouldNotBeNull();
        driver.Tracker.Roles["ada"] = TrackerRole.Reader;
        await driver.Runtime.AdvanceAsync(TimeSpan.FromMinutes(6));

        (await PressAsync(Ada, ChatAct.Confirm, plan)).Text.ShouldContain("you may not");

        driver.Tracker.Written.ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_who_may_not_read_a_project_is_told_nothing_of_it()
    {
        driver.Tracker.Roles["rita"] = TrackerRole.None;

        (await SayAsync(Rita, "#1 status")).Text.ShouldContain("you may not see its items");
    }

    [Theory]
    [InlineData("#1 status")]
    [InlineData("1 status")]
    [InlineData("owner/repo#1 status")]
    [InlineData("github:owner/repo#1 status")]
    public async Task What_only_asks_is_answered_at_once_however_the_item_is_written(string text) =>
        (await SayAsync(Rita, text)).ShouldSatisfyAllConditions(r => r.Plan.ShouldBeNull(), r => r.Text.ShouldNotContain("no such item"), r => r.Text.Length.ShouldBeGreaterThan(10));

    [Theory]
    [InlineData("#999 status", "There is no such item here.")]
    [InlineData("other/repo#1 status", "There is no such item here.")]
    [InlineData("#1 asign @bob", "Did you mean")]
    [InlineData("", "Say on which item")]
    [InlineData("help", "Say on which item")]
    public async Task What_is_not_understood_is_told(string text, string told) => (await SayAsync(Ada, text)).Text.ShouldContain(told);

    [Fact]
    public async Task Words_without_an_item_are_a_question_about_the_backlog() =>
        (await SayAsync(Ada, "how many items are open")).Text.ShouldContain("1");

    [Fact]
    public async Task A_button_answers_a_question_if_the_person_may()
    {
        await driver.TriageAsync();
        var decision = (await driver.DecisionAsync()).Id;

        (await AnswerAsync(Rita, ChatAct.Approve, decision)).Text.ShouldContain("a maintainer has to");
        driver.Tracker.Written.ShouldBeEmpty();
        (await AnswerAsync(Ada, ChatAct.Approve, decision)).Text.ShouldBe("Approved by ada on owner/repo#1.");
        (await AnswerAsync(Ada, ChatAct.Approve, decision)).Text.ShouldContain("That is settled");

        driver.Tracker.Written.ShouldHaveSingleItem().ShouldBe(TriageItemDriver.Bug);
    }

    [Fact]
    public async Task A_no_keeps_its_reason()
    {
        await driver.TriageAsync();
        var decision = (await driver.DecisionAsync()).Id;

        (await AnswerAsync(Ada, ChatAct.Reject, decision, "It is wrong")).Text.ShouldBe("Rejected by ada on owner/repo#1.");

        driver.Tracker.Written.ShouldBeEmpty();
        (await driver.Store.OutcomeAsync(TriageItemDriver.Backlog, An.Ref(1), decision, CancellationToken.None)).ShouldNotBeNull().Note.ShouldBe("It is wrong");
    }

    [Fact]
    public async Task The_same_request_twice_acts_once()
    {
        var request = Request(Ada, ChatAct.Say) with { Key = "same", Text = "#1 status" };
        var first = (await store.AddAsync(request, CancellationToken.None)).ShouldNotBeNull();
        (await store.AddAsync(request, CancellationToken.None)).ShouldBeNull();

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Listener().HearAsync(driver.Client, first, CancellationToken.None)));

        chat.Replies.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_process_left_that_died_is_done_by_the_next_one_and_what_is_too_old_is_forgotten()
    {
        await store.AddAsync(Request(Ada, ChatAct.Say) with { Key = "left", Text = "#1 status" }, CancellationToken.None);
        await Listener().GoOnAsync(driver.Client, CancellationToken.None);
        chat.Replies.ShouldBeEmpty();

        await driver.Runtime.AdvanceAsync(TimeSpan.FromMinutes(3));
        await Listener().GoOnAsync(driver.Client, CancellationToken.None);
        await Listener().GoOnAsync(driver.Client, CancellationToken.None);
        chat.Replies.ShouldHaveSingleItem();

        await store.AddAsync(Request(Ada, ChatAct.Say) with { Key = "old", Text = "#1 status" }, CancellationToken.None);
        await driver.Runtime.AdvanceAsync(TimeSpan.FromMinutes(31));
        await Listener().GoOnAsync(driver.Client, CancellationToken.None);
        chat.Replies.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_answer_that_the_chat_did_not_take_is_given_again()
    {
        chat.Takes = false;
        await SayAsync(Ada, "#1 status");
        chat.Takes = true;
        await driver.Runtime.AdvanceAsync(TimeSpan.FromMinutes(3));

        await Listener().GoOnAsync(driver.Client, CancellationToken.None);

        chat.Replies.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_call_is_answered_before_what_it_asks_for_is_done()
    {
        var hold = new TaskCompletionSource();
        chat.Hold = hold.Task;
        var door = new ChatDoor([chat], store, Listener(), NullLogger<ChatDoor>.Instance);
        chat.Heard = Request(Ada, ChatAct.Say) with { Key = "k", Text = "#1 status" };

        (await door.ReceiveAsync("slack", new Call(_ => null, default, driver.Client, CancellationToken.None))).Status.ShouldBe(200);
        (await door.ReceiveAsync("slack", new Call(_ => null, default, driver.Client, CancellationToken.None))).Status.ShouldBe(200);
        door.UnderWay.IsCompleted.ShouldBeFalse();
        hold.SetResult();
        await door.UnderWay;

        chat.Replies.ShouldHaveSingleItem();
    }

    private async Task<ChatReply> SayAsync(string user, string text) => await HearAsync(Request(user, ChatAct.Say) with { Text = text });

    private async Task<ChatReply> PressAsync(string user, ChatAct act, ChatPlanned plan) =>
        await HearAsync(Request(user, act) with { Backlog = plan.Backlog, Item = plan.Item, Text = plan.Token, PlannedFor = plan.For });

    private async Task<ChatReply> AnswerAsync(string user, ChatAct act, string decision, string? because = null) =>
        await HearAsync(Request(user, act) with { Backlog = TriageItemDriver.Backlog, Item = An.Ref(1), Decision = decision, Because = because });

    private async Task<ChatReply> HearAsync(ChatRequest request)
    {
        await Listener().HearAsync(driver.Client, (await store.AddAsync(request, CancellationToken.None)).ShouldNotBeNull(), CancellationToken.None);
        await driver.Runtime.SettleAsync();
        return chat.Replies[^1];
    }

    private ChatRequest Request(string user, ChatAct act) => new() { Key = $"{++said}", Channel = "slack", User = user, Act = act, At = driver.Runtime.Now };

    private ChatListener Listener()
    {
        var views = new ViewKeeper(driver.Store, driver.Pending, driver.Bodies, driver.Get<Reporting>(), driver.Runtime.Time);
        var questions = new ChatDesk(driver.Store, views, driver.Get<CommandDesk>(), driver.Get<TrackerRoles>(), null!, driver.Runtime.Time);
        var talk = new ChatTalk(driver.Store, new ChatItems(driver.Store), driver.Get<CommandDesk>(), questions, driver.Get<AnswerDesk>(), driver.Get<TrackerRoles>(), driver.Runtime.Time);
        return new ChatListener([chat], store, driver.Get<IPeopleDirectory>(), talk, driver.Runtime.Time, NullLogger<ChatListener>.Instance);
    }

    private sealed class FakeChat : IChat
    {
        public List<ChatReply> Replies { get; } = [];

        public bool Takes { get; set; } = true;

        public Task Hold { get; set; } = Task.CompletedTask;

        public ChatRequest? Heard { get; set; }

        public string Name => "slack";

        public ChatHeard Read(HookRequest request) => new(new Reply(200, new { }), Heard);

        public async Task<bool> ReplyAsync(ChatRequest request, ChatReply reply, CancellationToken cancellation)
        {
            await Hold;
            lock (Replies)
                Replies.Add(reply);
            return Takes;
        }
    }
}
