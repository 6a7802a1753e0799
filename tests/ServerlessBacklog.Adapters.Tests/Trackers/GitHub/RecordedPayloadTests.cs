using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Trackers.GitHub;

/// <summary>Payloads that GitHub really sent (tests/fixtures/README.md).</summary>
public class RecordedPayloadTests
{
    [Fact]
    public void Every_recorded_payload_is_read()
    {
        var events = Recorded().Select(Read).ToList();

        events.Count.ShouldBe(329);
        events.ShouldNotContain(e => e.Kind == EventKind.Unknown);
    }

    [Fact]
    public void Every_recorded_issue_event_names_its_item_and_its_state()
    {
        var events = Recorded().Where(r => r.Event == "issues").Select(Read).ToList();

        events.Count.ShouldBe(29);
        events.ShouldAllBe(e => e.Item != null && e.Item.Tracker == "github" && e.Item.Project == e.Backlog);
        events.Where(e => e.Kind == EventKind.Ignored).Select(e => e.Name).Order().ShouldBe(["issues.pinned", "issues.unpinned"]);
        events.ShouldAllBe(e => e.Kind == EventKind.Ignored || e.ContentKey != null);
        events.Count(e => e.Kind == EventKind.Removed).ShouldBe(2);
        events.Where(e => e.Kind == EventKind.Changed).ShouldAllBe(e => e.State!.Title.Length > 0 && e.State.Reporter != null && e.State.Revision != null);
    }

    [Fact]
    public void Of_the_recorded_comments_those_that_were_just_made_are_new()
    {
        var events = Recorded().Select(Read).ToList();

        events.Where(e => e.IsNewComment).Select(e => e.Name).Distinct().ShouldBe(["issue_comment.created"]);
        events.Where(e => e.Name == "issue_comment.created" && e.Kind == EventKind.Changed).ShouldAllBe(e => e.IsNewComment && e.Comment != null);
        events.ShouldContain(e => e.Name == "issue_comment.edited" && !e.IsNewComment);
    }

    [Fact]
    public void Recorded_pull_requests_are_history_and_never_items()
    {
        var events = Recorded().Where(r => r.Event == "pull_request").Select(Read).ToList();

        events.Count.ShouldBe(29);
        events.ShouldAllBe(e => e.Kind == EventKind.Changed && e.State!.Kind == WorkItemKind.PullRequest);
    }

    [Fact]
    public void Recorded_installation_events_change_access() =>
        Recorded().Where(r => r.Event is "installation" or "installation_repositories").Select(r => Read(r).Kind).Distinct().ShouldBe([EventKind.Access]);

    [Fact]
    public void Any_recorded_payload_that_is_cut_short_or_damaged_is_refused_with_a_reason()
    {
        var hooks = AHook.Hooks();
        var random = new Random(4);
        foreach (var (name, payload) in Recorded())
        {
            var cut = payload[..random.Next(payload.Length - 1)];
            Should.Throw<BadHookException>(() => hooks.Read(AHook.Call(name, cut))).Message.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void A_member_of_another_type_anywhere_is_refused_or_read_but_never_a_fault()
    {
        var hooks = AHook.Hooks();
        foreach (var (name, payload) in Recorded().Where(r => r.Event is "issues" or "issue_comment" or "pull_request" or "installation").DistinctBy(ActionOf))
        {
            foreach (var damaged in Damage(payload))
            {
                try
                {
                    hooks.Read(AHook.Call(name, damaged));
                }
                catch (BadHookException error)
                {
                    error.Status.ShouldBe(400);
                }
            }
        }
    }

    private static string ActionOf((string Event, string Payload) recorded) => $"{recorded.Event}.{JsonNode.Parse(recorded.Payload)!["action"]}";

    private static readonly string[] Opened = ["issue", "comment", "repository", "sender", "user", "changes", "milestone", "pull_request"];

    /// <summary>The payload with each of its members, and each of those inside, in turn replaced by what it is not.</summary>
    private static IEnumerable<string> Damage(string payload)
    {
        foreach (var path in Paths(JsonNode.Parse(payload)!.AsObject(), []))
        {
            var root = JsonNode.Parse(payload)!.AsObject();
            path[..^1].Aggregate(root, (at, name) => at[name]!.AsObject())[path[^1]] = "@@wrong@@";
            var text = root.ToJsonString();
            // Half a surrogate pair cannot be held as a node, so it is put in as text.
            foreach (var wrong in new[] { "17", "\"\\ud800\"", "[]" })
                yield return text.Replace("\"@@wrong@@\"", wrong, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string[]> Paths(JsonObject node, string[] at)
    {
        foreach (var (name, value) in node)
        {
            if (value is JsonObject inner && at.Length < 2 && Opened.Contains(name))
            {
                foreach (var path in Paths(inner, [.. at, name]))
                    yield return path;
            }

            if (!name.EndsWith("_url", StringComparison.Ordinal) || name == "parent_issue_url")
                yield return [.. at, name];
        }
    }

    private static TrackerEvent Read((string Event, string Payload) recorded) => AHook.Hooks().Read(AHook.Call(recorded.Event, recorded.Payload));

    private static List<(string Event, string Payload)> Recorded([CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "fixtures", "github", "octokit-webhooks-examples.jsonl.gz");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var recorded = new List<(string, string)>();
        while (reader.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            recorded.Add((json.RootElement.GetProperty("event").GetString()!, json.RootElement.GetProperty("payload").GetRawText()));
        }

        return recorded;
    }
}
