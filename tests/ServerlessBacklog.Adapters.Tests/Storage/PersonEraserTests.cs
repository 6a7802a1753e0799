using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using ServerlessBacklog.Adapters.Settings;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Adapters.Storage.Erasure;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Adapters.Tests.Notifications.Fakes;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Comments;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Examination;
using ServerlessBacklog.Triage.Notifications;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Rollout;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Settings.Layers;

namespace ServerlessBacklog.Adapters.Tests.Storage;

public sealed class PersonEraserTests : IDisposable
{
    private const string Backlog = "owner/repo";
    private const string Login = "zaphodb";
    private const string Name = "Zaphod Beeblebrox";

    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider time = new(An.Instant);
    private string data;
    private LocalStorage storage;

    public PersonEraserTests()
    {
        data = directory.File("data");
        storage = LocalStorage.Open(data, time);
    }

    [Fact]
    public async Task Afterwards_no_stored_byte_holds_the_login_or_the_name()
    {
        await FillAsync();
        Holding().ShouldNotBeEmpty();

        var erasure = await new PersonEraser(storage).EraseAsync([Login], null, isTrial: false, Stop);

        erasure.Counts.ShouldBe(
            new Dictionary<string, int> { ["items"] = 2, ["findings"] = 2, ["decisions"] = 2, ["outcomes"] = 1, ["explanations"] = 1, ["rows of the audit log"] = 1, ["refusals"] = 1, ["settings"] = 4, ["first contacts"] = 1, ["configurations"] = 1, ["deliveries"] = 2, ["alarms"] = 1, ["records of people"] = 1, ["messages"] = 2, ["addresses"] = 1, ["words in chats"] = 1 },
            ignoreOrder: true);
        Holding().ShouldBeEmpty();
        (await storage.Backlogs.FindItemsAsync(Backlog, [An.Ref(1)], Stop))[0].ShouldSatisfyAllConditions(
            item => item.Reporter!.Login.ShouldBe(erasure.Pseudonym),
            item => item.Body.ShouldBe($"Ask @{erasure.Pseudonym}, that is {erasure.Pseudonym}; not zaphodbs or zaphodb-marie."),
            item => item.Assignees.Select(a => a.Login).ShouldBe(["zaphodb-bot", erasure.Pseudonym]));
    }

    [Fact]
    public async Task Ids_stay_and_everything_can_be_read()
    {
        await FillAsync();
        var before = await storage.Backlogs.DecisionsAsync(Backlog, An.Ref(1), Stop);

        var erasure = await new PersonEraser(storage).EraseAsync([Login], null, isTrial: false, Stop);

        var decision = (await storage.Backlogs.DecisionsAsync(Backlog, An.Ref(1), Stop)).ShouldHaveSingleItem();
        decision.Id.ShouldBe(before[0].Id);
        decision.Changes[0].Change.ShouldBe(new Assign(new Person(erasure.Pseudonym)));
        (await storage.Backlogs.OutcomeAsync(Backlog, An.Ref(1), "d1", Stop)).ShouldNotBeNull().By.ShouldBe(erasure.Pseudonym);
        (await storage.Backlogs.OverridesAsync(Backlog, An.Ref(1), Stop)).ShouldHaveSingleItem().Value.ShouldBe(erasure.Pseudonym);
        (await storage.Backlogs.FindingsAsync(Backlog, Stop).ToListAsync(Stop)).Count.ShouldBe(2);
        (await new KeptSettings(storage.Backlogs).OfAsync(Backlog, Stop)).People.Away.ShouldBe([erasure.Pseudonym]);
    }

    [Fact]
    public async Task A_second_run_finds_nothing_and_has_the_same_pseudonym()
    {
        await FillAsync();
        var first = await new PersonEraser(storage).EraseAsync([Login], null, isTrial: false, Stop);

        var second = await new PersonEraser(storage).EraseAsync([Login], null, isTrial: false, Stop);

        second.Counts.ShouldBeEmpty();
        (await AuditVerifier.VerifyAsync(new AuditRows(storage.Tables, time), Backlog, null, Stop)).Problems.ShouldBeEmpty();
        second.Pseudonym.ShouldBe(first.Pseudonym);
    }

    [Fact]
    public async Task A_trial_counts_and_changes_nothing()
    {
        await FillAsync();
        var before = await storage.Backlogs.ItemsAsync(Backlog, Stop).ToListAsync(Stop);

        var trial = await new PersonEraser(storage).EraseAsync([Login], null, isTrial: true, Stop);

        trial.Counts["items"].ShouldBe(2);
        (await storage.Backlogs.ItemsAsync(Backlog, Stop).ToListAsync(Stop)).Select(ContentHash.Of).ShouldBe(before.Select(ContentHash.Of));
        (await storage.People.LoadAsync(Stop)).People.Count.ShouldBe(2);
        (await storage.Backlogs.SaveItemsAsync(Backlog, [An.Item(9) with { Reporter = new Person(Login) }], Stop)).New.ShouldHaveSingleItem();
        (await storage.Backlogs.FindItemsAsync(Backlog, [An.Ref(9)], Stop))[0].Reporter!.Login.ShouldBe(Login);
    }

    [Fact]
    public async Task What_comes_in_later_is_stored_under_the_pseudonym_too()
    {
        await FillAsync();
        var erasure = await new PersonEraser(storage).EraseAsync([Login], null, isTrial: false, Stop);
        Reopen();

        await storage.Backlogs.SaveItemsAsync(Backlog, Items(), Stop);
        await storage.Backlogs.UpdateItemAsync(Backlog, An.Ref(7), _ => ItemUpdate.Save(An.Item(7, $"{Name} says") with { Reporter = new Person(Login.ToUpperInvariant()) }), Stop);

        Holding().ShouldBeEmpty();
        (await storage.Backlogs.FindItemsAsync(Backlog, [An.Ref(7)], Stop))[0].ShouldSatisfyAllConditions(
            item => item.Title.ShouldBe($"{erasure.Pseudonym} says"),
            item => item.Reporter!.Login.ShouldBe(erasure.Pseudonym));
    }

    [Fact]
    public async Task A_run_that_died_anywhere_is_ended_by_the_next()
    {
        var deaths = 0;
        for (var isDone = false; !isDone; deaths++)
        {
            Begin($"data{deaths}");
            await FillAsync();
            try
            {
                await new PersonEraser(new DyingStorage(storage, deaths, time)).EraseAsync([Login], null, isTrial: false, Stop);
                isDone = true;
            }
            catch (IOException)
            {
                await new PersonEraser(storage).EraseAsync([Login], null, isTrial: false, Stop);
            }

            Holding().ShouldBeEmpty($"after {deaths} writes");
            (await AuditVerifier.VerifyAsync(new AuditRows(storage.Tables, time), Backlog, null, Stop)).Problems.ShouldBeEmpty();
            (await storage.Backlogs.DecisionsAsync(Backlog, An.Ref(1), Stop)).ShouldHaveSingleItem().Id.ShouldBe("d1");
        }

        deaths.ShouldBeGreaterThan(12);
    }

    [Fact]
    public async Task The_pseudonym_tells_nothing_without_the_key_and_differs_by_store()
    {
        var one = await new PersonEraser(storage).EraseAsync([Login], null, isTrial: false, Stop);
        using var other = LocalStorage.Open(directory.File("other"), time);

        var two = await new PersonEraser(other).EraseAsync([Login], null, isTrial: false, Stop);

        one.Pseudonym.ShouldMatch("^person-[0-9a-f]{8}$");
        two.Pseudonym.ShouldNotBe(one.Pseudonym);
    }

    public void Dispose()
    {
        storage.Dispose();
        directory.Dispose();
    }

    private static IReadOnlyList<WorkItem> Items() =>
    [
        An.Item(1, "Crash on save", $"Ask @{Login}, that is {Name}; not zaphodbs or zaphodb-marie.") with
        {
            Reporter = new Person(Login),
            Assignees = [new Person("zaphodb-bot"), new Person("ZaphodB")],
        },
        An.Item(2, "Long", string.Join(' ', Enumerable.Range(0, 60_000).Select(i => SHA256.HashData(BitConverter.GetBytes(i))[0])) + $" {Name}") with
        {
            History = new WorkItemHistory
            {
                IsKnown = true,
                Comments = [new WorkItemComment(new Person(Login), An.Instant, $"I, {Login}, agree.")],
                Events = [new HistoryEvent("assigned", An.Instant, new Person("ann"), Login)],
                Reactions = new Reactions(1) { People = [new Person(Login)] },
            },
        },
        An.Item(3, "Of somebody else", "zaphodbs zaphodb-marie") with { Reporter = new Person("ann") },
    ];

    private async Task FillAsync()
    {
        var store = storage.Backlogs;
        await store.SaveItemsAsync(Backlog, Items(), Stop);
        var assign = new Assign(new Person(Login));
        await store.SaveFindingsAsync(Backlog, [FindingOn(1), FindingOn(2)], Stop);
        await store.SaveDecisionsAsync(Backlog, [new Decision
        {
            Id = "d1", Item = An.Ref(1), ItemHash = "h", PolicyVersion = "p", DecidedAt = An.Instant, Verdict = Verdict.Ask, Reason = $"{Login} knows it",
            Changes = [new DecidedChange(assign, "assign", new Confidence(0.9), Verdict.Ask, Verdict.Ask, "sure enough")],
        }], Stop);
        await store.SaveOutcomeAsync(Backlog, new DecisionOutcome
        {
            Decision = "d1", Item = An.Ref(1), State = OutcomeState.Applied, At = An.Instant, By = Login, Note = $"fine by {Name}",
            Changes = [new ChangeOutcome("d1:assign", assign, ChangeState.Applied) { Inverse = new Unassign(new Person(Login)) }],
        }, Stop);
        await new ExplanationRows(storage.Tables).KeepAsync(Backlog, new Explanation("d1", An.Ref(1), An.Instant, "s", false, [FindingOn(1)]), Stop);
        await new AuditRows(storage.Tables, time).AppendAsync(Backlog, [new AuditEntry
        {
            Key = "d1:assign:applied", At = An.Instant, Item = An.Ref(1), Act = AuditAct.Applied,
            Words = new AuditWords { Actor = Login, Text = assign.Describe(), Change = assign, After = Login, Reason = $"fine by {Name}" },
        }], Stop);
        await store.SaveOverridesAsync(Backlog, An.Ref(1), [new HumanOverride("assign", Login, Login, An.Instant)], Stop);
        await new KeptSettings(store).KeepAsync(Backlog, new TriageSettings { People = new() { Away = [Login], CapacityOf = new Dictionary<string, int> { [Login] = 3 } } }, Stop);
        await new Objections(store).AddAsync(Backlog, Login, $"it calls {Name}", An.Ref(1), An.Instant, Stop);
        await new Feedback(store).AddAsync(Backlog, new Thumb(An.Ref(1), false, Login, An.Instant), Stop);
        await new FirstContact(store).RememberAsync(Backlog, Items()[0], new Decision
        {
            Id = "d2", Item = An.Ref(1), ItemHash = "h", PolicyVersion = "p", DecidedAt = An.Instant, Verdict = Verdict.Apply, Reason = "r",
            Changes = [new DecidedChange(new AddComment("Hello"), SuggestionComment.Step, Confidence.Certain, Verdict.Apply, Verdict.Apply, "w")],
        }, Stop);
        await new Configurations(storage.Snapshots, store, new ConfigurationFile(), time).SetAsync(Configurations.NameOf(Backlog), "c.yml", $"people: {{away: [{Login}]}}", Stop);
        await storage.People.SaveAsync(new PeopleDirectory([new PersonRecord(Name) { GitHub = Login, Mail = $"{Login}@example.org" }, new PersonRecord("Ann") { GitHub = "ann" }]), Stop);
        await storage.Alarms.RaiseAsync(new Alarm("hooks", $"the hook of {Login} is gone", An.Instant), Stop);
        var messages = new NotificationRows(storage.Tables);
        await messages.SaveChoiceAsync(Backlog, new SubscriberChoice { To = $"email:{Login}@example.org", Person = Login, Hour = 9 }, Stop);
        await messages.SaveChoiceAsync(Backlog, new SubscriberChoice { To = "slack:team" }, Stop);
        await messages.BeginAsync(Backlog, new Sending
        {
            Key = $"alert/{Backlog}/late/slack:team", Kind = DigestKind.Alert, Window = "late", To = "slack:team", State = SendState.Unknown, At = An.Instant, ChangedAt = An.Instant,
            Digest = FakeDigests.Of(DigestKind.Alert, $"{Name} carries too much"),
        }, Stop);
        await messages.PauseAsync(new PausedAddress($"email:{Login}@example.org", "it bounces", An.Instant), Stop);
        await new ChatRows(storage.Tables).AddAsync(new ChatRequest { Key = "slack-1", Channel = "slack", User = "U1", Act = ChatAct.Say, At = An.Instant, Text = $"#1 assign @{Login}" }, Stop);
        foreach (var (id, text) in (IEnumerable<(string, string)>)[("a", Login), ("b", Name), ("c", "ann")])
            await storage.Deliveries.AddAsync(ADelivery(id, JsonSerializer.SerializeToUtf8Bytes(new { sender = new { login = text }, padding = RandomNumberGenerator.GetHexString(id == "b" ? 400_000 : 10) })), Stop);
        await new SnapshotKeeper(store, storage.Snapshots, storage.People, time).RefreshAsync(Backlog, Stop);
    }

    private static ExaminedFinding FindingOn(int number) => new(
        Finding.Nothing("assign", An.Ref(number), $"Probably {Login}") with
        {
            Evidence = [new Evidence("note", Login) { Quote = $"ask {Name}" }],
            Proposals = [new Proposal(new Assign(new Person(Login)), new Confidence(0.8))],
        },
        new ComputedFrom(1, "c"));

    private static Delivery ADelivery(string id, byte[] body) => new()
    {
        Tracker = "github", Id = id, Event = "issues.opened", ReceivedAt = An.Instant, State = DeliveryState.Pending, Backlog = Backlog, Item = An.Ref(1), Body = body,
    };

    private void Reopen()
    {
        storage.Dispose();
        storage = LocalStorage.Open(data, time);
    }

    private void Begin(string name)
    {
        data = directory.File(name);
        Reopen();
    }

    /// <summary>Files in which either name stands, as it is or in what is packed there.</summary>
    private List<string> Holding()
    {
        Reopen();
        return [.. Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Where(f => Read(f).Any(Holds))];
    }

    private static bool Holds(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var other = text.Replace("zaphodb-bot", "", StringComparison.OrdinalIgnoreCase).Replace("zaphodb-marie", "", StringComparison.OrdinalIgnoreCase).Replace("zaphodbs", "", StringComparison.OrdinalIgnoreCase);
        return other.Contains(Login, StringComparison.OrdinalIgnoreCase) || other.Contains(Name, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<byte[]> Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        yield return bytes;
        if (!Path.GetFileName(file).StartsWith("snapshot-", StringComparison.Ordinal))
            yield break;
        yield return Unpacked(() => new BrotliStream(new MemoryStream(bytes, 32, bytes.Length - 32), CompressionMode.Decompress));
        yield return Unpacked(() => new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress));
    }

    private static byte[] Unpacked(Func<Stream> open)
    {
        try
        {
            using var unpacked = new MemoryStream();
            using (var stream = open())
                stream.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException or ArgumentException)
        {
            return [];
        }
    }
}
