"""A rating study: people see what several methods made of the same sketches, without names, and give 1 to 5.

    settings    study.toml: the questions, who sees how much
    pictures    DIR: a folder of pictures for each method
    display     copies that a browser can show, without anything that tells where they come from
    series      what one rater sees, in which order
    database    ratings.sqlite: raters, their series, their answers
    pages, app  the pages, and the addresses they are at; headers
    serving     the server
    checks      who paid attention
    statistics  means, bootstrap intervals, agreement
    export, plot, report   what comes out

Nothing here imports torch: a study can be run on any machine that has the pictures.
"""
