using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Slack;

/// <summary>Answers what was said in Slack where it was said, seen by that person alone.</summary>
internal static partial class SlackReplies
{
    /// <summary>Characters of a section's text (docs.slack.dev, "Section block").</summary>
    private const int MaxSection = 3000;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HttpStatusCode[] Gone = [HttpStatusCode.NotFound, HttpStatusCode.Gone];

    /// <returns>False when Slack was not reached, or asked to come again.</returns>
    public static async Task<bool> SendAsync(NotificationHttp http, NotificationOptions options, ChatRequest request, ChatReply reply, CancellationToken cancellation)
    {
        // Looked at again: what is stored is no more to be trusted than what came.
        if (request.ReplyTo is not { } address || !((options.AllowLoopback && address.IsLoopback) || (address.Scheme == Uri.UriSchemeHttps && SlackChannel.Hosts.Contains(address.IdnHost))))
            return true;
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(Message(reply), Encoding.UTF8, "application/json") };
        return (await http.SendAsync(message, "Slack", Gone, [], cancellation)).Outcome != SendOutcome.Later;
    }

    internal static string Message(ChatReply reply)
    {
        var text = Cut(Mrkdwn(reply.Text));
        var message = new JsonObject { ["response_type"] = "ephemeral", ["replace_original"] = reply.Replaces, ["text"] = text };
        var blocks = new JsonArray(new JsonObject { ["type"] = "section", ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text, ["verbatim"] = true } });
        if (reply.Plan is { } plan)
        {
            blocks.Add(SlackButtons.OfPlan(plan) ?? new JsonObject { ["type"] = "context", ["elements"] = new JsonArray(new JsonObject { ["type"] = "plain_text", ["text"] = "That is too long to be confirmed here. Say it shorter." }) });
        }

        message["blocks"] = blocks;
        return message.ToJsonString(Json);
    }

    /// <summary>Our Markdown as Slack's: escaped first, so that a title calls no channel and makes no link; then bold.</summary>
    private static string Mrkdwn(string markdown) => Bold().Replace(
        markdown.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal), "*$1*");

    private static string Cut(string text)
    {
        if (text.Length <= MaxSection)
            return text;
        var end = text.LastIndexOf('\n', MaxSection - 2) is > 0 and var line ? line : MaxSection - 2;
        // Not within an escape.
        var amp = text.LastIndexOf('&', end - 1);
        return $"{text[..(amp >= 0 && end - amp < 6 ? amp : end)]}…";
    }

    [GeneratedRegex(@"\*\*([^*\n]+)\*\*")]
    private static partial Regex Bold();
}

/// <summary>What Slack sends when a button is pressed (docs.slack.dev, "block_actions payload").</summary>
internal sealed record SlackAction(string? Type, SlackUser? User, IReadOnlyList<SlackPressed>? Actions, [property: JsonPropertyName("response_url")] string? ResponseUrl);

internal sealed record SlackUser(string? Id);

internal sealed record SlackPressed(
    [property: JsonPropertyName("action_id")] string? ActionId, [property: JsonPropertyName("block_id")] string? BlockId, string? Value,
    [property: JsonPropertyName("selected_option")] SlackOption? SelectedOption);

internal sealed record SlackOption(string? Value);
