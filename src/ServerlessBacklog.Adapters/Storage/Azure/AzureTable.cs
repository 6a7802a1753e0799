using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Storage.Azure;

/// <summary>
/// One table of a storage account. A table that is not there reads as empty and is created by its first write, so that opening one costs
/// no request.
/// </summary>
/// <remarks>
/// The client repeats a request whose answer was lost. A write that did happen may then answer with a conflict: the caller reads again,
/// as after any lost race.
/// </remarks>
internal sealed class AzureTable(TableClient table, Uri endpoint) : ITable
{
    public async Task<TableRow?> FindAsync(string partitionKey, string rowKey, IReadOnlyCollection<string>? columns, CancellationToken cancellation)
    {
        TableRules.CheckKey(partitionKey);
        TableRules.CheckKey(rowKey);
        return await AskAsync(
            async () =>
            {
                var found = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, AzureRows.Selection(columns), cancellation);
                return found.HasValue ? AzureRows.RowOf(found.Value!) : Checked(found.GetRawResponse(), null as TableRow);
            },
            cancellation);
    }

    public async IAsyncEnumerable<TableRow> RangeAsync(
        string partitionKey, RowKeyRange range, IReadOnlyCollection<string>? columns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        TableRules.CheckKey(partitionKey);
        await using var pages = table.QueryAsync<TableEntity>(FilterOf(partitionKey, range), null, AzureRows.Selection(columns), cancellation)
            .AsPages().GetAsyncEnumerator(cancellation);
        while (await AskAsync(() => NextAsync(pages), cancellation))
        {
            foreach (var entity in pages.Current.Values)
                yield return AzureRows.RowOf(entity);
        }
    }

    public Task<BatchAnswer> ApplyAsync(IReadOnlyList<TableOperation> batch, CancellationToken cancellation)
    {
        TableRules.CheckBatch(batch);
        return AskAsync(
            async () =>
            {
                try
                {
                    return await SendAsync(batch, cancellation);
                }
                catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
                {
                    await table.CreateIfNotExistsAsync(cancellation);
                    return await SendAsync(batch, cancellation);
                }
            },
            cancellation);
    }

    private async Task<BatchAnswer> SendAsync(IReadOnlyList<TableOperation> batch, CancellationToken cancellation)
    {
        try
        {
            var answers = batch.Count == 1
                ? [await SendOneAsync(batch[0], cancellation)]
                : (await table.SubmitTransactionAsync(batch.Select(ActionOf), cancellation)).Value;
            // A single deletion of a row that is gone is no fault to the client library.
            if (answers[0].Status == 404)
                return Checked(answers[0], new BatchAnswer([], new TableConflict(ConflictKind.Absent, 0)));
            return new BatchAnswer([.. answers.Select((a, i) => batch[i].Verb == TableVerb.Delete ? null : a.Headers.ETag?.ToString())]);
        }
        catch (RequestFailedException refused) when (ConflictOf(refused) is { } kind)
        {
            return new BatchAnswer([], new TableConflict(kind, (refused as TableTransactionFailedException)?.FailedTransactionActionIndex ?? 0));
        }
    }

    private Task<Response> SendOneAsync(TableOperation operation, CancellationToken cancellation)
    {
        var row = operation.Row;
        return operation.Verb switch
        {
            TableVerb.Insert => table.AddEntityAsync(AzureRows.EntityOf(row), cancellation),
            TableVerb.Upsert => table.UpsertEntityAsync(AzureRows.EntityOf(row), TableUpdateMode.Replace, cancellation),
            TableVerb.Replace => table.UpdateEntityAsync(AzureRows.EntityOf(row), AzureRows.ETagOf(row), TableUpdateMode.Replace, cancellation),
            _ => table.DeleteEntityAsync(row.PartitionKey, row.RowKey, AzureRows.ETagOf(row), cancellation),
        };
    }

    private static TableTransactionAction ActionOf(TableOperation operation) => operation.Verb switch
    {
        TableVerb.Insert => new(TableTransactionActionType.Add, AzureRows.EntityOf(operation.Row)),
        TableVerb.Upsert => new(TableTransactionActionType.UpsertReplace, AzureRows.EntityOf(operation.Row)),
        TableVerb.Replace => new(TableTransactionActionType.UpdateReplace, AzureRows.EntityOf(operation.Row), AzureRows.ETagOf(operation.Row)),
        _ => new(TableTransactionActionType.Delete, AzureRows.EntityOf(operation.Row), AzureRows.ETagOf(operation.Row)),
    };

    private static ConflictKind? ConflictOf(RequestFailedException refused) => refused switch
    {
        { ErrorCode: nameof(TableErrorCode.EntityAlreadyExists) } => ConflictKind.Exists,
        { Status: 412 } => ConflictKind.Changed,
        { ErrorCode: nameof(TableErrorCode.ResourceNotFound) or nameof(TableErrorCode.EntityNotFound) } => ConflictKind.Absent,
        _ => null,
    };

    /// <summary>"Not there" counts when the service itself says so.</summary>
    private static T Checked<T>(Response missing, T answer) =>
        AzureErrors.IsFromStorage(missing) ? answer : throw new RequestFailedException(missing);

    private static async Task<bool> NextAsync(IAsyncEnumerator<Page<TableEntity>> pages)
    {
        try
        {
            return await pages.MoveNextAsync();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
        {
            return false;
        }
    }

    private static string FilterOf(string partitionKey, RowKeyRange range)
    {
        var filter = $"PartitionKey eq {Quoted(partitionKey)}";
        if (range.From.Length > 0)
            filter += $" and RowKey ge {Quoted(range.From)}";
        return range.Before is null ? filter : $"{filter} and RowKey lt {Quoted(range.Before)}";
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private Task<T> AskAsync<T>(Func<Task<T>> request, CancellationToken cancellation) => AzureErrors.ExplainAsync(endpoint, request, cancellation);
}
