namespace ServerlessBacklog.LocalRunner.Tests.Processes;

/// <summary>One line per attempt of an activity. Each process has a file of its own, so that no line is ever written over another.</summary>
internal sealed class Ledger(string folder)
{
    private readonly Lock writing = new();
    private readonly string own = Path.Combine(folder, $"{DateTime.UtcNow.Ticks}-{Environment.ProcessId}");

    public void Add(string key)
    {
        lock (writing)
            File.AppendAllText(own, $"{key}\n");
    }

    /// <summary>Older processes first.</summary>
    public IReadOnlyList<(string Key, string Process)> Read() =>
        [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).SelectMany(file => Lines(file).Select(key => (key, Path.GetFileName(file))))];

    private static string[] Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
