namespace ServerlessBacklog.Adapters.Tests.People;

/// <summary>A tracker played over real HTTP, in which people act. They are named by their first names, items by their numbers.</summary>
internal interface IPlayedTracker : IAsyncDisposable
{
    /// <summary>Two who may triage.</summary>
    const string Ada = "ada", Grace = "grace";

    /// <summary>Writes items and has no rights beyond that, as has <see cref="Mallory"/>.</summary>
    const string Rita = "rita", Mallory = "mallory";

    string Name { get; }

    string Project { get; }

    /// <summary>What must never be written anywhere.</summary>
    IReadOnlyList<string> Secrets { get; }

    IEnumerable<KeyValuePair<string, string?>> Settings { get; }

    /// <summary>A priority in the tracker's word, and another.</summary>
    (string High, string Low) Priorities { get; }

    /// <summary>True where a bot is known as one.</summary>
    bool KnowsBots { get; }

    /// <summary>The login by which the host knows somebody.</summary>
    string Login(string person);

    Task PointHooksAsync(Uri host);

    Task DrainAsync();

    Task<int> OpenAsync(string by, string title, string body);

    /// <summary>Writes a comment, as the tracker's editor makes it of what was typed.</summary>
    Task<long> CommentAsync(int number, string by, string text);

    /// <summary>A comment that quotes somebody.</summary>
    Task QuoteAsync(int number, string by, string text);

    /// <summary>A comment that shows code.</summary>
    Task ShowCodeAsync(int number, string by, string text);

    Task BotCommentsAsync(int number, string text);

    Task EditCommentAsync(int number, long comment, string by, string text);

    Task DeleteCommentAsync(int number, long comment, string by);

    Task ThumbsDownAsync(int number, long comment, string by);

    Task EditBodyAsync(int number, string by, string body);

    Task LabelAsync(int number, string by, string label);

    Task UnlabelAsync(int number, string by, string label);

    /// <summary>Sends what told of the newest comment once more: as the tracker repeats it, and as a delivery of its own.</summary>
    Task RepeatCommentAsync(Func<HttpRequestMessage, Task> send);

    /// <summary>All that an item holds but comments and what moves with every write.</summary>
    string State(int number);

    bool IsOpen(int number);

    /// <summary>The item that an item is closed or marked as the duplicate of; null for none.</summary>
    int? DuplicateOf(int number);

    IReadOnlyList<string> Labels(int number);

    string? Priority(int number);

    IReadOnlyList<(long Id, string Text)> OurComments(int number);

    /// <summary>People who were called by a text of ours.</summary>
    IReadOnlyList<string> Called { get; }

    /// <summary>Statuses in the tracker's words: work has begun, it is looked at, it is put aside.</summary>
    (string Doing, string Review, string Aside) Statuses { get; }

    /// <summary>The item's status; null for none.</summary>
    string? Status(int number);

    Task MoveAsync(int number, string by, string status);

    /// <summary>Opens a pull request that is work on an item, in the way in which the tracker links the two.</summary>
    Task<int> OpenPullRequestAsync(string by, int item);

    Task MergeAsync(int pull, string by);

    Task DropPullRequestAsync(int pull, string by);

    Task BranchAsync(string by, string branch);

    Task AssignAsync(int number, string by, string to);

    /// <summary>The one cannot move until the other is done.</summary>
    Task BlockAsync(int blocked, int blocking, string by);

    Task UnblockAsync(int blocked, int blocking, string by);

    Task SetPriorityAsync(int number, string by, string priority);

    Task MakeChildAsync(int parent, int child, string by);

    Task CloseAsync(int number, string by);

    /// <summary>Sends all that was told so far again, the newest first: as it was, and as deliveries of their own.</summary>
    Task RepeatAllAsync(Func<HttpRequestMessage, Task> send);

    /// <summary>Requests that changed something.</summary>
    int Writes { get; }
}
