using ServerlessBacklog.Triage.Chat;
using ServerlessBacklog.Triage.Intake;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>A chat that people speak to us in: proves where a call comes from, reads it, and takes the answer.</summary>
public interface IChat
{
    /// <summary>As the people directory names it: <c>slack</c>.</summary>
    string Name { get; }

    /// <summary>Fast, and without asking anybody: the answer has to be there within three seconds.</summary>
    ChatHeard Read(HookRequest request);

    /// <returns>False when the chat did not take it and may later.</returns>
    Task<bool> ReplyAsync(ChatRequest request, ChatReply reply, CancellationToken cancellation);
}

/// <param name="Answer">What the call is answered at once.</param>
/// <param name="Request">What is to be done afterwards; null for nothing.</param>
public sealed record ChatHeard(Reply Answer, ChatRequest? Request = null);

/// <summary>What was said in chats and is not done yet, and which was: a request is done once.</summary>
public interface IChatStore
{
    /// <returns>The row with its version; null when it was received before.</returns>
    Task<ChatRequest?> AddAsync(ChatRequest request, CancellationToken cancellation);

    /// <summary>Takes a request up, so that nobody else does for a while.</summary>
    /// <returns>Null when somebody else has.</returns>
    Task<ChatRequest?> ClaimAsync(ChatRequest request, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>It is done, or nothing more can be done: of what was said nothing is kept but that it was.</summary>
    Task EndAsync(ChatRequest request, CancellationToken cancellation);

    /// <summary>Those that wait, and that nobody took up since a moment.</summary>
    Task<IReadOnlyList<ChatRequest>> WaitingAsync(DateTimeOffset since, CancellationToken cancellation);

    /// <summary>Forgets what was received before a moment.</summary>
    Task PurgeAsync(DateTimeOffset before, CancellationToken cancellation);
}
