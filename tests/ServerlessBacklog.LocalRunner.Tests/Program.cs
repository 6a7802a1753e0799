using ServerlessBacklog.LocalRunner.Tests.Processes;
using Xunit.Runner.InProc.SystemConsole;

// Started by a test, this program is a process that runs work on a file until its input ends or it is killed.
return args is ["work", var file, var ledger] ? await WorkerProcess.RunAsync(file, ledger) : await ConsoleRunner.Run(args);
