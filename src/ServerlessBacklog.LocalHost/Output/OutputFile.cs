using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;

namespace ServerlessBacklog.LocalHost.Output;

/// <summary>Writes a file whole or not at all: a draft beside it takes its name once it is complete.</summary>
internal static class OutputFile
{
    public static Task WriteReportAsync(string path, BacklogReport report, CancellationToken cancellation) =>
        WriteAsync(path, stream => HtmlReport.RenderAsync(report, stream, cancellation: cancellation));

    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        if (Directory.Exists(path))
            throw new UserErrorException($"'{path}' is a folder. Name a file in it, for example {Path.Combine(path, "report.html")}.");
        try
        {
            if (IsDevice(path))
                await WriteStraightAsync(path, write);
            else
                await ReplaceAsync(Path.GetFullPath(path), write);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{path}' cannot be written: {fault.Message.TrimEnd('.')}. Choose another place, or make room.", fault);
        }
    }

    private static async Task ReplaceAsync(string full, Func<Stream, Task> write)
    {
        var draft = $"{full}.{Environment.ProcessId}.tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        try
        {
            await using (var stream = File.Create(draft))
                await write(stream);
            File.Move(draft, full, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static async Task WriteStraightAsync(string path, Func<Stream, Task> write)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
        await write(stream);
    }

    /// <summary>A name such as <c>/dev/null</c> or <c>/dev/stdout</c>: a file put in its place would destroy it.</summary>
    private static bool IsDevice(string path)
    {
        var full = Path.GetFullPath(path);
        return !OperatingSystem.IsWindows()
            && File.Exists(full)
            && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal));
    }
}
