//! Runs the effects that the state asks for, on tokio and on the services of the system.
