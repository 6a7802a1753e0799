using ServerlessBacklog.LocalHost.Commands;

return await BacklogCommand.RunAsync(args);
