using System.Text.Json;
using CsCheck;
using ServerlessBacklog.Adapters.Storage;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Storage;

/// <summary>
/// Records with lists do not compare by value, so a value and its copy are compared as JSON written by other, plain options: a property
/// that our options forgot would be missing there in the copy only.
/// </summary>
public sealed class StorageJsonTests
{
    private static readonly JsonSerializerOptions Plain = new() { IncludeFields = true };

    private static readonly string[] Awkward = ["", " ", "Grüße, 世界 🎉", "\"quoted\" \\ \n\t\0", "</script>", "#|~!%"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 0, 20], Gen.Int[0, Awkward.Length - 1].Select(i => Awkward[i]));

    private static readonly Gen<DateTimeOffset> Time = Gen.Long[0, 1_000_000_000_000_000].Select(ticks => An.Instant.AddTicks(ticks));
    private static readonly Gen<WorkItemRef> Ref = Text.Where(t => !string.IsNullOrWhiteSpace(t)).Select(t => new WorkItemRef("file", t, "1"));
    private static readonly Gen<Person> Person = Gen.Select(Text, Gen.Bool, (login, bot) => new Person(login, bot));
    private static readonly Gen<Confidence> Confidence = Gen.Double[0, 1].Select(c => new Confidence(c));

    private static readonly Gen<WorkItemHistory> History = Gen.Select(
        Gen.Bool,
        Gen.Select(Person, Time, Text, (p, at, body) => new WorkItemComment(p, at, body)).List[0, 2],
        Gen.Select(Text, Time, Person.Null(), Text.Null(), (kind, at, p, value) => new HistoryEvent(kind, at, p, value)).List[0, 2],
        Gen.Int.Nullable(),
        Gen.Select(Gen.Int[0, 3], Person.List[0, 2], (n, people) => new Reactions(n, 1, 0) { People = people }),
        (known, comments, events, count, reactions) => new WorkItemHistory
        {
            IsKnown = known, Comments = comments, Events = events, CommentCount = count, Reactions = reactions,
        });

    private static readonly Gen<WorkItem> Item = Gen.Select(
        Gen.Select(Ref, Text, Text),
        Gen.Select(Gen.Enum<WorkItemKind>(), Gen.Enum<WorkItemState>(), Gen.Double.Nullable()),
        Gen.Select(Text.Null(), Text.Null(), Text.Null(), Person.Null()),
        Gen.Select(Text.List[0, 2], Text.List[0, 2], Person.List[0, 2]),
        Gen.Select(Time.Nullable(), Time.Nullable()),
        Gen.Select(Gen.Select(Gen.Enum<LinkKind>(), Ref, (kind, target) => new WorkItemLink(kind, target)).List[0, 2], History),
        (names, kinds, words, lists, times, rest) => new WorkItem
        {
            Ref = names.Item1, Title = names.Item2, Body = names.Item3,
            Kind = kinds.Item1, State = kinds.Item2, StoryPoints = kinds.Item3,
            TrackerState = words.Item1, Resolution = words.Item2, Type = words.Item1, Priority = words.Item2, Severity = words.Item3,
            Milestone = words.Item3, ReporterRole = words.Item1, Revision = words.Item2, Reporter = words.Item4,
            Areas = lists.Item1, Labels = [.. lists.Item2.Select(l => new Label(l))], Assignees = lists.Item3,
            CreatedAt = times.Item1, UpdatedAt = times.Item2, StartedAt = times.Item2, ClosedAt = times.Item1, DueAt = times.Item2,
            Links = rest.Item1, History = rest.Item2, Url = new Uri("https://example.org/a?b=ü"),
        });

    private static readonly Gen<Change> Change = Gen.OneOf<Change>(
        Text.Select(Change (t) => new AddLabel(new Label(t))),
        Gen.Select(Gen.Enum<WorkItemField>(), Text, Change (field, value) => new SetField(field, value)),
        Person.Select(Change (p) => new Assign(p)),
        Gen.Select(Gen.Enum<LinkKind>(), Ref, Change (kind, target) => new AddLink(kind, target)),
        Text.Select(Change (t) => new AddComment(t)),
        Gen.Select(Gen.Enum<CloseReason>(), Ref.Null(), Change (reason, canonical) => new Close(reason, canonical)));

    private static readonly Gen<ExaminedFinding> Examined = Gen.Select(
        Gen.Select(Text, Ref, Gen.Enum<FindingStatus>(), Confidence),
        Gen.Select(Text, Gen.Double.Nullable(), Time.Nullable()),
        Gen.Select(Text, Text, Gen.Double.Nullable(), Ref.Null(), Text.Null(), (kind, text, value, item, quote) =>
            new Evidence(kind, text) { Value = value, Item = item, Quote = quote }).List[0, 3],
        Gen.Select(Change, Confidence, (change, sure) => new Proposal(change, sure)).List[0, 3],
        Gen.Select(Gen.Int, Text, Text, (version, a, b) => new ComputedFrom(version, a, b, a, b, a)),
        (head, words, evidence, proposals, from) => new ExaminedFinding(
            new Finding
            {
                Step = head.Item1, Item = head.Item2, Status = head.Item3, Confidence = head.Item4,
                Reason = words.Item1, Score = words.Item2, Due = words.Item3, Evidence = evidence, Proposals = proposals,
            },
            from));

    private static readonly Gen<Decision> Decision = Gen.Select(
        Text, Ref, Time, Gen.Enum<Verdict>(),
        Gen.Select(Change, Text, Confidence, Gen.Enum<Verdict>(), Gen.Enum<Verdict>(), (change, word, sure, verdict, would) =>
            new DecidedChange(change, word, sure, verdict, would, word)).List[0, 3],
        (text, item, at, verdict, changes) => new Decision
        {
            Id = text, Item = item, ItemHash = text, PolicyVersion = text, DecidedAt = at, Verdict = verdict, Changes = changes, Reason = text,
        });

    [Fact]
    public void Any_work_item_comes_back_as_it_was() => Item.Sample(ComesBack);

    [Fact]
    public void Any_finding_comes_back_as_it_was() => Examined.Sample(ComesBack);

    [Fact]
    public void Any_decision_comes_back_as_it_was() => Decision.Sample(ComesBack);

    [Fact]
    public void Scores_that_are_no_numbers_come_back()
    {
        var finding = Finding.Nothing("type", An.Ref(1), "odd") with { Score = double.NaN };

        Copy(finding).Score.ShouldBe(double.NaN);
    }

    [Fact]
    public void A_plain_item_is_short_and_readable()
    {
        JsonSerializer.Serialize(An.Item(1, "Grüße <b> 'x'"), StorageJson.Options).ShouldBe(
            """{"Ref":"github:owner/repo#1","Title":"Grüße <b> 'x'","Body":"","Kind":"Item","State":"Open","CreatedAt":"2026-05-22T12:00:00+00:00","History":{"IsKnown":false,"Reactions":{"ThumbsUp":0,"ThumbsDown":0,"Other":0}}}""");
    }

    [Fact]
    public void A_row_of_a_later_version_with_an_unknown_property_is_read()
    {
        var item = JsonSerializer.Deserialize<WorkItem>("""{"Ref":"github:owner/repo#1","Title":"T","Later":[1]}""", StorageJson.Options)!;

        item.Title.ShouldBe("T");
        item.Labels.ShouldBeEmpty();
    }

    [Fact]
    public void A_work_item_ref_may_be_a_key()
    {
        var json = JsonSerializer.Serialize(new Dictionary<WorkItemRef, int> { [An.Ref(1)] = 2 }, StorageJson.Options);

        json.ShouldBe("""{"github:owner/repo#1":2}""");
        JsonSerializer.Deserialize<Dictionary<WorkItemRef, int>>(json, StorageJson.Options)!.Single().Key.ShouldBe(An.Ref(1));
    }

    private static void ComesBack<T>(T value) =>
        JsonSerializer.Serialize(Copy(value), Plain).ShouldBe(JsonSerializer.Serialize(value, Plain));

    private static T Copy<T>(T value) =>
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, StorageJson.Options), StorageJson.Options)!;
}
