using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.AzureDevOps;

public sealed class CommentTests
{
    private const string Comments = "/contoso/Web Shop/_apis/wit/workItems/12/comments";

    private static readonly CancellationToken None = TestContext.Current.CancellationToken;
    private static readonly WorkItemRef Ref = new("azuredevops", "contoso/Web Shop", "12");

    [Fact]
    public async Task A_comment_is_written_once_and_edited_in_place_from_then_on()
    {
        await using var place = await Place.StartAsync();

        await place.ApplyAsync("d1:comment", new AddComment("First **word**."));
        await place.ApplyAsync("d2:comment", new AddComment("Second."));

        place.Azure.Writes.Select(w => w.Method).ShouldBe(["POST", "PATCH"]);
        place.Azure.Writes.ShouldAllBe(w => w.Query["format"] == "markdown" && w.Query["api-version"] == "7.1-preview.4" && w.ContentType!.StartsWith("application/json"));
        var (_, text) = place.Texts.ShouldHaveSingleItem();
        text.ShouldMatch(@"^Second\.\n\nref sb-[0-9a-f]{8}/[0-9a-f]{8}$");
    }

    [Fact]
    public async Task After_a_crash_a_comment_that_is_there_is_not_written_again()
    {
        await using var place = await Place.StartAsync();
        await place.ApplyAsync("d1:comment", new AddComment("First."));

        var again = await place.ApplyAsync("d1:comment", new AddComment("First."), mayBeDone: true);
        var other = await place.ApplyAsync("d2:comment", new AddComment("Second."), mayBeDone: true);

        (again.State, other.State).ShouldBe((ChangeState.Applied, ChangeState.Applied));
        place.Azure.Writes.Select(w => w.Method).ShouldBe(["POST", "PATCH"]);
    }

    [Fact]
    public async Task A_comment_that_the_service_turned_into_html_is_known_again()
    {
        await using var place = await Place.StartAsync();
        await place.ApplyAsync("d1:comment", new AddComment("First."));
        var (author, text) = place.Texts[0];
        place.Texts[0] = (author, $"<div><p>First.</p>\n<p>{text[text.IndexOf("ref ", StringComparison.Ordinal)..]}<br></p></div>&nbsp;");

        await place.ApplyAsync("d2:comment", new AddComment("Second."));

        place.Texts.ShouldHaveSingleItem().Text.ShouldStartWith("Second.");
    }

    [Fact]
    public async Task A_person_who_copies_our_line_keeps_their_comment()
    {
        await using var place = await Place.StartAsync();
        await place.ApplyAsync("d1:comment", new AddComment("First."));
        place.Texts[0] = ("somebody", place.Texts[0].Text);

        await place.ApplyAsync("d2:comment", new AddComment("Second."));
        await place.ApplyAsync("d3:comment", new RemoveComment());

        place.Texts.ShouldHaveSingleItem().Author.ShouldBe("somebody");
    }

    [Fact]
    public async Task Taking_back_deletes_our_comment_and_no_other()
    {
        await using var place = await Place.StartAsync();
        place.Texts.Add(("ada", "Me too"));
        await place.ApplyAsync("d1:comment", new AddComment("First."));

        var outcome = await place.ApplyAsync("d1:comment", new RemoveComment());
        var again = await place.ApplyAsync("d1:comment", new RemoveComment());

        (outcome.State, again.State).ShouldBe((ChangeState.Applied, ChangeState.Applied));
        place.Texts.ShouldBe([("ada", "Me too")]);
        place.Azure.Writes.Count(w => w.Method == "DELETE").ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_is_called_by_a_comment_and_a_long_one_keeps_its_last_line()
    {
        await using var place = await Place.StartAsync();

        await place.ApplyAsync("d1:comment", new AddComment("@<aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee> " + new string('x', 100_000)));

        var text = place.Texts.Single().Text;
        text.ShouldStartWith("@\\<aaaa");
        text.Length.ShouldBeLessThan(61_000);
        text.ShouldMatch(@"…\n\nref sb-[0-9a-f]{8}/[0-9a-f]{8}$");
    }

    [Fact]
    public async Task A_comment_that_may_not_be_written_is_told_in_a_sentence()
    {
        await using var place = await Place.StartAsync();
        place.Azure.On("POST", Comments, _ => Reply.Error(403, "TF401027: You need the permission"));

        var outcome = await place.ApplyAsync("d1:comment", new AddComment("First."));

        outcome.State.ShouldBe(ChangeState.NotApplied);
        outcome.Why!.ShouldContain("Work Items (Read & write)");
    }

    /// <summary>A server that keeps comments; we are <c>me-id</c> there.</summary>
    private sealed class Place : IAsyncDisposable
    {
        public required ScriptedAzure Azure { get; init; }

        public List<(string Author, string Text)> Texts { get; } = [];

        public static async Task<Place> StartAsync()
        {
            var place = new Place { Azure = await ScriptedAzure.StartAsync() };
            place.Azure
                .On("GET", "/contoso/Web Shop/_apis/wit/workitems/12", _ => Reply.Json(AnItem.Json(12, 7)))
                .On("GET", Comments, _ => Reply.Json(new { comments = place.Texts.Select((c, i) => place.Show(i)) }))
                .On("POST", Comments, asked =>
                {
                    place.Texts.Add(("me-id", TextOf(asked)));
                    return Reply.Json(place.Show(place.Texts.Count - 1));
                })
                .On("PATCH", Comments + @"/\d+", asked =>
                {
                    var index = IndexOf(asked);
                    place.Texts[index] = (place.Texts[index].Author, TextOf(asked));
                    return Reply.Json(place.Show(index));
                })
                .On("DELETE", Comments + @"/\d+", asked =>
                {
                    place.Texts.RemoveAt(IndexOf(asked));
                    return new Reply(204, "text/plain", "");
                });
            return place;
        }

        public async Task<ChangeOutcome> ApplyAsync(string key, Change change, bool mayBeDone = false)
        {
            using var tracker = Azure.Tracker();
            return (await tracker.ApplyAsync(new WorkItem { Ref = Ref, Title = "Item 12", Revision = "7" }, [new Effect(key, change, mayBeDone)], None)).Single();
        }

        public ValueTask DisposeAsync() => Azure.DisposeAsync();

        private object Show(int index) => new
        {
            id = index + 100,
            text = Texts[index].Text,
            createdBy = AnItem.Person($"{Texts[index].Author}@contoso.com", Texts[index].Author, id: Texts[index].Author),
            createdDate = "2026-04-20T10:00:00Z",
        };

        private static string TextOf(Asked asked) => asked.Json.GetProperty("text").GetString()!;

        private static int IndexOf(Asked asked) => int.Parse(asked.Path[(asked.Path.LastIndexOf('/') + 1)..], System.Globalization.CultureInfo.InvariantCulture) - 100;
    }
}
