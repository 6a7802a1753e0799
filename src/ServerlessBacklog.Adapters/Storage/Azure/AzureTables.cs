using System.Collections.Concurrent;
using ServerlessBacklog.Adapters.Storage.Tables;

namespace ServerlessBacklog.Adapters.Storage.Azure;

/// <summary>The tables of a storage account.</summary>
/// <param name="prefix">Stands before every table name, so that several programs can share an account: a letter first, letters and digits.</param>
public sealed class AzureTables(AzureConnection connection, string prefix) : ITableStore
{
    private readonly ConcurrentDictionary<string, ITable> tables = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc />
    public ITable Open(string name)
    {
        TableRules.CheckName(name);
        TableRules.CheckName(prefix + name);
        return tables.GetOrAdd(name, _ => new AzureTable(connection.Tables.GetTableClient(prefix + name), connection.Tables.Uri));
    }
}
