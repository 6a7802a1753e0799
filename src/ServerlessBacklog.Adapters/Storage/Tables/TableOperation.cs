namespace ServerlessBacklog.Adapters.Storage.Tables;

/// <summary>One write. Make it with the factory methods.</summary>
public sealed record TableOperation
{
    private TableOperation(TableVerb verb, TableRow row) => (Verb, Row) = (verb, row);

    public TableVerb Verb { get; }

    public TableRow Row { get; }

    /// <summary>Writes a row that must not be there.</summary>
    public static TableOperation Insert(TableRow row) => new(TableVerb.Insert, row);

    /// <summary>Writes the row whether it is there or not. Properties that it lacks are gone afterwards.</summary>
    public static TableOperation Upsert(TableRow row) => new(TableVerb.Upsert, row);

    /// <summary>Replaces a row that must be there, and still have <see cref="TableRow.ETag"/> unless that is null.</summary>
    public static TableOperation Replace(TableRow row) => new(TableVerb.Replace, row);

    /// <summary>Deletes a row that must be there, and still have <see cref="TableRow.ETag"/> unless that is null.</summary>
    public static TableOperation Delete(TableRow row) => new(TableVerb.Delete, row);
}

public enum TableVerb
{
    Insert,
    Upsert,
    Replace,
    Delete,
}

/// <param name="ETags">The new ETag of each operation in order, null for a deletion; empty when <paramref name="Conflict"/> is set.</param>
/// <param name="Conflict">Why nothing was written; null when all was.</param>
public sealed record BatchAnswer(IReadOnlyList<string?> ETags, TableConflict? Conflict = null);

/// <param name="Operation">Position in the batch of the operation that failed.</param>
public sealed record TableConflict(ConflictKind Kind, int Operation);

public enum ConflictKind
{
    /// <summary>The row to insert is there already.</summary>
    Exists,

    /// <summary>The row has another ETag: somebody wrote it since it was read.</summary>
    Changed,

    /// <summary>The row to replace or delete is not there.</summary>
    Absent,
}
