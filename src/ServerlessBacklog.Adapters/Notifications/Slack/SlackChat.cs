using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Intake;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Notifications.Slack;

/// <summary>Slack as a chat: the slash command <c>/backlog</c>, and the buttons of our messages.</summary>
internal sealed class SlackChat(NotificationOptions options, NotificationHttp http, TimeProvider time) : IChat
{
    /// <summary>Characters of what somebody says; more is no command.</summary>
    private const int LongestText = 1000;

    private readonly SlackSignature signature = new(options.SlackSigningSecrets, time);

    public string Name => "slack";

    public ChatHeard Read(HookRequest request)
    {
        switch (signature.Verify(request.Header(SlackSignature.Header), request.Header(SlackSignature.TimestampHeader), request.Body.Span))
        {
            case HookVerdict.NotConfigured:
                return new ChatHeard(Reply.Error(403, "No signing secret of Slack is set, so that no call can be trusted. Put it into Notifications:Slack:SigningSecrets:0 (docs/notifications.md)."));
            case HookVerdict.Unproven:
                return new ChatHeard(Reply.Error(401, "The call carries no signature."));
            case HookVerdict.Forged:
                return new ChatHeard(Reply.Error(401, "The signature is not one of the secrets that are set here, or it is more than five minutes old. Compare the signing secret, and this machine's clock."));
        }

        var body = Encoding.UTF8.GetString(request.Body.Span);
        if (body.StartsWith('{'))
            return Challenge(body);
        var form = QueryHelpers.ParseQuery(body);
        if (form.TryGetValue("ssl_check", out _))
            return Quiet();
        var key = $"slack-{Convert.ToHexStringLower(SHA256.HashData(request.Body.Span).AsSpan(0, 16))}";
        return form.TryGetValue("payload", out var payload) ? Pressed(payload.ToString(), key) : Said(name => form.TryGetValue(name, out var value) ? value.ToString() : null, key);
    }

    public Task<bool> ReplyAsync(ChatRequest request, ChatReply reply, CancellationToken cancellation) => SlackReplies.SendAsync(http, options, request, reply, cancellation);

    private ChatHeard Said(Func<string, string?> field, string key)
    {
        if (field("command") is null || field("user_id") is not { Length: > 0 } user)
            return new ChatHeard(Reply.Error(400, "That is neither a command nor a button."));
        var text = field("text") ?? "";
        if (text.Length > LongestText)
            return Told("That is too long for a command. `/backlog help` says what can be said.");
        return Told("One moment …") with
        {
            Request = new ChatRequest { Key = key, Channel = Name, User = user, Act = ChatAct.Say, At = time.GetUtcNow(), ReplyTo = AddressOf(field("response_url")), Text = text.Trim() },
        };
    }

    private ChatHeard Pressed(string payload, string key)
    {
        SlackAction? pressed;
        try
        {
            pressed = JsonSerializer.Deserialize<SlackAction>(payload, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return new ChatHeard(Reply.Error(400, "The payload is no JSON of Slack."));
        }

        if (pressed is not { Type: "block_actions", User.Id: { Length: > 0 } user, Actions: [var action, ..] })
            return Quiet();
        var request = new ChatRequest { Key = key, Channel = Name, User = user, Act = ChatAct.Cancel, At = time.GetUtcNow(), ReplyTo = AddressOf(pressed.ResponseUrl) };
        return action.ActionId switch
        {
            SlackButtons.Cancel => Quiet(request),
            SlackButtons.Confirm when SlackButtons.ReadPlan(action.Value) is { } plan && WorkItemRef.TryParse(plan.I, out var item) => Quiet(request with
            {
                // One plan, one deed, however often the button is pressed.
                Key = $"slack-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{plan.T}\n{user}")).AsSpan(0, 16))}", Act = ChatAct.Confirm, Backlog = plan.B, Item = item, Text = plan.T, PlannedFor = plan.U,
            }),
            SlackButtons.Approve when SlackButtons.ReadAsk(action.Value) is { } ask && WorkItemRef.TryParse(ask.I, out var item) => Quiet(request with { Act = ChatAct.Approve, Backlog = ask.B, Item = item, Decision = ask.D }),
            SlackButtons.Reject when SlackButtons.ReadAsk(action.BlockId) is { } ask && WorkItemRef.TryParse(ask.I, out var item) => Quiet(request with
            {
                Act = ChatAct.Reject, Backlog = ask.B, Item = item, Decision = ask.D, Because = action.SelectedOption?.Value,
            }),
            // A button that opens a page comes here as well.
            _ => Quiet(),
        };
    }

    /// <summary>Answers of ours go to Slack alone, whatever a call says.</summary>
    private Uri? AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && ((options.AllowLoopback && address.IsLoopback) || (address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && SlackChannel.Hosts.Contains(address.IdnHost))) ? address : null;

    private static ChatHeard Challenge(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("challenge", out var challenge) && challenge.ValueKind == JsonValueKind.String ? new ChatHeard(new Reply(200, new { challenge = challenge.GetString() })) : Quiet();
        }
        catch (JsonException)
        {
            return new ChatHeard(Reply.Error(400, "The body is no JSON of Slack."));
        }
    }

    private static ChatHeard Quiet(ChatRequest? request = null) => new(new Reply(200, new { }), request);

    private static ChatHeard Told(string text) => new(new Reply(200, new { response_type = "ephemeral", text }));
}
