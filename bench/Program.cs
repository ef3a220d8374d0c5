using OpenHall.Bench;

// One program, a subcommand a measurement; every line is: name value unit.
return args switch
{
    ["rating", .. var rest] => RatingBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("bench rating [seconds per measurement, 2]: bills, account-years, telecom months, mail items a second on one core");
    return 2;
}
