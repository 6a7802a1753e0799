using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Notifications.Rendering;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Notifications;

namespace ServerlessBacklog.Adapters.Notifications.Slack;

/// <summary>
/// Buttons that come back to us: yes and no to a question, yes and no to a plan. What they are about stands in their value, which Slack signs with the rest when
/// it is pressed, and which nobody but us has written.
/// </summary>
internal static class SlackButtons
{
    public const string Approve = "backlog-approve";
    public const string Reject = "backlog-reject";
    public const string Confirm = "backlog-confirm";
    public const string Cancel = "backlog-cancel";

    /// <summary>Characters of a button's value (docs.slack.dev, "Button element").</summary>
    private const int MaxValue = 2000;

    /// <summary>Characters of the value of an option.</summary>
    private const int MaxOption = 150;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A no needs a reason, and a button has no place for one: so it is chosen.</summary>
    private static readonly string[] Reasons = ["It is wrong", "Not now", "It needs a closer look"];

    /// <summary>The message with buttons for each question that a digest of questions leads to.</summary>
    public static string Added(string message, Digest digest)
    {
        if (digest.Kind != DigestKind.Approval)
            return message;
        var root = JsonNode.Parse(message)!;
        var blocks = root["blocks"]!.AsArray();
        foreach (var ask in digest.Sections.SelectMany(s => s.Actions).Select(a => AskLink.Of(a.Link)).OfType<AskLink>().Distinct())
        {
            if (Of(ask) is { } buttons && blocks.Count < BlockKit.MaxBlocks)
                blocks.Add(buttons);
        }

        return root.ToJsonString(Json);
    }

    /// <summary>Null when it is too long for a button.</summary>
    public static JsonObject? OfPlan(ChatPlanned plan)
    {
        var value = JsonSerializer.Serialize(new PlanValue(plan.Backlog, plan.Item.ToString(), plan.Token, plan.For), Json);
        return value.Length <= MaxValue ? Actions(Button(Confirm, "Confirm", value, "primary"), Button(Cancel, "Cancel", "-", null)) : null;
    }

    /// <summary>Null when it is not ours.</summary>
    public static AskValue? ReadAsk(string? value) => Read<AskValue>(value);

    public static PlanValue? ReadPlan(string? value) => Read<PlanValue>(value);

    /// <summary>The item and the decision stand in the block's id, which options are too short for.</summary>
    private static JsonObject? Of(AskLink ask)
    {
        var value = JsonSerializer.Serialize(new AskValue(ask.Backlog, ask.Item.ToString(), ask.Decision), Json);
        if (value.Length > BlockIdLength)
            return null;
        var buttons = Actions(Button(Approve, "Approve", value, "primary"), new JsonObject
        {
            ["type"] = "static_select",
            ["action_id"] = Reject,
            ["placeholder"] = Plain("Reject because…"),
            ["options"] = new JsonArray([.. Reasons.Where(r => r.Length <= MaxOption).Select(r => (JsonNode)new JsonObject { ["text"] = Plain(r), ["value"] = r })]),
        });
        buttons["block_id"] = value;
        return buttons;
    }

    /// <summary>Characters of a block's id.</summary>
    private const int BlockIdLength = 255;

    private static T? Read<T>(string? value)
        where T : class
    {
        try
        {
            return value is null ? null : JsonSerializer.Deserialize<T>(value, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Actions(params ReadOnlySpan<JsonNode> elements) => new() { ["type"] = "actions", ["elements"] = new JsonArray([.. elements]) };

    private static JsonObject Button(string id, string text, string value, string? style)
    {
        var button = new JsonObject { ["type"] = "button", ["action_id"] = id, ["text"] = Plain(text), ["value"] = value };
        if (style is not null)
            button["style"] = style;
        return button;
    }

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false };
}

/// <param name="I">The item (<see cref="WorkItemRef"/>).</param>
internal sealed record AskValue(string B, string I, string D);

/// <param name="T">The token of the plan.</param>
/// <param name="U">Who asked for it, by their id in Slack.</param>
internal sealed record PlanValue(string B, string I, string T, string U);
