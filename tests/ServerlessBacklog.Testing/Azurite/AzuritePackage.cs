using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ServerlessBacklog.Testing.Azurite;

/// <summary>Azurite as npm installs it into <c>tests/azurite</c>, in the versions of the lock file there.</summary>
internal static class AzuritePackage
{
    public const string NodeIsMissing =
        "Azurite, the emulator of Azure Storage, needs Node.js 18 or newer with npm: install both (Debian: apt-get install nodejs npm; others: https://nodejs.org) and run the tests again.";

    private static readonly TimeSpan InstallWithin = TimeSpan.FromMinutes(8);

    public static string Folder { get; } = FolderBeside();

    public static bool HasNode { get; } = IsOnPath("node") && IsOnPath("npm");

    /// <summary>Installs what the lock file says unless it is there. A second process waits for the first.</summary>
    public static async Task InstallAsync()
    {
        if (!HasNode)
            throw new InvalidOperationException(NodeIsMissing);
        using var deadline = new CancellationTokenSource(InstallWithin);
        Directory.CreateDirectory(Path.Combine(Folder, "obj"));
        await using var turn = await TakeTurnAsync(Path.Combine(Folder, "obj", "install.lock"), deadline.Token);
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"), deadline.Token);
        // npm empties node_modules first, so that this file is only there after an install that went through.
        var installed = Path.Combine(Folder, "node_modules", ".installed");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed, deadline.Token) == wanted)
            return;
        await RunNpmAsync(deadline.Token);
        await File.WriteAllTextAsync(installed, wanted, deadline.Token);
    }

    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(200, cancellation);
            }
        }
    }

    private static async Task RunNpmAsync(CancellationToken cancellation)
    {
        string[] arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        using var npm = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(cancellation);
            var errors = npm.StandardError.ReadToEndAsync(cancellation);
            await npm.WaitForExitAsync(cancellation);
            if (npm.ExitCode != 0)
                throw new InvalidOperationException($"'npm ci' in {Folder} failed; Azurite could not be installed. {await errors}{await output}");
        }
        finally
        {
            if (!npm.HasExited)
                npm.Kill(entireProcessTree: true);
        }
    }

    private static bool IsOnPath(string program)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => endings.Any(ending => File.Exists(Path.Combine(folder, program + ending))));
    }

    private static string FolderBeside([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "azurite"));
}
